// Workers that a program leaves where they wait for more to do:
//   for (;;) { Job job = jobs.pop(); job(); }      // and main returns

#pragma once

#include "explore/Explore.h"
#include "explore/Program.h"

namespace taskleak {

/// Leaves out those of the program's idle workers that nobody waits for but workers that
/// are idle, too.
void dropDaemons(const Program &P, std::vector<Stuck> &Stucks);

} // namespace taskleak
