// Can others in this process hold a task up here at all? A cheap look at what code does,
// before anything is run.
//   read(fd, ...)   only the outside can, unless a pipe is made in sight and kept

#pragma once

#include "skeleton/Skeleton.h"

namespace taskleak {

class HoldUps {
  bool Waits = false, AsksOutside = false, Makes = false;

public:
  void see(const Function &F);

  bool arePossible() const { return Waits || (AsksOutside && Makes); }
};

} // namespace taskleak
