// Workers that a program leaves where they wait for more to do:
//   for (;;) { Job job = jobs.pop(); job(); }      // and main returns

#pragma once

#include "explore/Explore.h"
#include "explore/Program.h"

namespace taskleak {

/// Which are idle workers of the program that nobody waits for but workers that are idle, too.
std::vector<bool> daemons(const Program &P, const std::vector<Stuck> &Stucks);

/// Leaves those out.
void dropDaemons(const Program &P, std::vector<Stuck> &Stucks);

} // namespace taskleak
