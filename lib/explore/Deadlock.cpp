// See Deadlock.h.

#include "explore/Deadlock.h"

namespace taskleak {

namespace {

/// For each task those that must give a lock back before it goes on.
class Waits {
  llvm::SmallVector<uint16_t, 8> For;

public:
  Waits(const Program &P, const World &W) : For(W.Tasks.size()) {
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      For[T] = owners(P, W, T);
  }

  uint16_t forGood() const {
    uint16_t Stuck = 0;
    for (unsigned T = 0; T < For.size(); ++T)
      if (reach(T) >> T & 1)
        Stuck |= uint16_t(1u << T);
    uint16_t All = Stuck;
    for (unsigned T = 0; T < For.size() && Stuck; ++T)
      if (reach(T) & Stuck)
        All |= uint16_t(1u << T);
    return All;
  }

private:
  static uint16_t owners(const Program &P, const World &W, unsigned Task) {
    View V(P, W, Task);
    bool Wants = V.wantsLockBack() || (V.C.op() == Op::Lock && !mayEndOtherwise(V));
    ObjectId Id = Wants ? V.lockInTheWay() : NoObject;
    if (Id == NoObject)
      return 0;
    const Object &Lock = *W.find(Id);
    uint16_t Out = 0;
    auto Add = [&](ObjectId Owner) {
      if (unsigned T = W.taskOf(Owner); T != NoId)
        Out |= uint16_t(1u << T);
    };
    if (Lock.N[0] > 0)
      Add(ObjectId(Lock.N[1]));
    for (const Item &Reader : Lock.Items)
      Add(Reader.V.object());
    return Out;
  }

  /// Whose lock it waits for, and whose these do.
  uint16_t reach(unsigned Task) const {
    uint16_t Seen = For[Task];
    for (uint16_t Before = 0; Before != Seen;) {
      Before = Seen;
      for (unsigned T = 0; T < For.size(); ++T)
        if (Before >> T & 1)
          Seen |= For[T];
    }
    return Seen;
  }
};

} // namespace

uint16_t heldUpByLocks(const Program &P, const World &W) { return Waits(P, W).forGood(); }

} // namespace taskleak
