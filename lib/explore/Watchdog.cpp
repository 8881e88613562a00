// Follows the calls of a task's function; see Watchdog.h.

#include "explore/Watchdog.h"

#include "skeleton/CallGraph.h"

namespace taskleak {

namespace {

class Watching {
  const Unit &U;
  std::vector<FunctionId> Work;
  std::vector<bool> Seen;
  bool Sleeps = false;

public:
  Watching(const Unit &U, FunctionId Root) : U(U), Work{Root}, Seen(U.Functions.size()) {
    Seen[Root] = true;
  }

  bool onlySleeps() {
    while (!Work.empty()) {
      const Function &F = U.Functions[Work.back()];
      Work.pop_back();
      for (const Block &B : F.Blocks)
        for (const Instruction &I : B.Body)
          if (!notice(I))
            return false;
    }
    return Sleeps;
  }

private:
  /// False if it waits for more than its time.
  bool notice(const Instruction &I) {
    Sleeps |= I.Code == Op::Yield;
    for (FunctionId Callee : calledFunctions(U, I)) {
      if (!Seen[Callee])
        Work.push_back(Callee);
      Seen[Callee] = true;
    }
    switch (I.Code) {
    case Op::Lock:
      return true;
    case Op::Join: case Op::Outside: case Op::CallClosure:
      return false;
    default:
      return group(I.Code) != OpGroup::Wait;
    }
  }
};

} // namespace

bool isWatchdog(const Unit &U, FunctionId Root) { return Watching(U, Root).onlySleeps(); }

} // namespace taskleak
