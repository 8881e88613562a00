// What a task sees at the instruction that it stands at: operands, the objects
// they name, and how the wait there could end now.

#pragma once

#include "explore/Program.h"
#include "explore/World.h"

namespace taskleak {

/// What is known of the cancels that could end a wait.
enum class CancelState : uint8_t { None, Requested, Unknowable };

class View {
public:
  View(const Program &P, const World &W, unsigned Task)
      : P(P), W(W), T(*W.Tasks[Task]), Top(T.top()),
        C(P.function(Top.F)->Blocks[Top.B].Body[Top.Index]) {}

  const Program &P;
  const World &W;
  const Task &T;
  const Frame &Top;
  const Code &C;

  Value value(const Arg &A) const;
  /// Operand \p I; unknown if there is none.
  Value arg(size_t I) const { return I < C.Args.size() ? value(C.Args[I]) : Value(); }
  /// The object that operand \p I names and nobody outside can reach; else null.
  const Object *object(size_t I, ObjectKind Kind) const;
  /// The memory that operand \p I points to, if nobody outside can reach it.
  const Item *memory(size_t I) const;
  ObjectId id(size_t I) const { return arg(I).isRef() ? arg(I).object() : NoObject; }
  CancelState cancel() const;
  /// The object that a blocked task needs next; null for a select.
  Value wanted() const;
  /// The first of the locks that are wanted here and cannot be taken now; or NoObject.
  ObjectId lockInTheWay() const;
  /// By how much a counter changes, or how much of it is waited for.
  Value amount() const { return C.Args.size() > 1 ? arg(1) : Value::integer(1); }
  /// The lock of a condition wait.
  const Object *waitLock() const { return object(1, ObjectKind::Lock); }
  /// Whether this is a condition wait that has ended but for its lock.
  bool wantsLockBack() const {
    return C.op() == Op::Wait && waitLock() && (T.At == Phase::Notified || T.At == Phase::Woken);
  }
};

/// Whether a timeout, a cancel, or who shares its strand or select may end the wait of a task.
bool mayEndOtherwise(const View &V);

/// Whether a cancel, or one that it derives from, has been requested.
CancelState cancelState(const World &W, Value Cancel);

/// How a wait could end now.
struct Endings {
  bool Any = false; ///< Its object is out of sight: it ends, nobody knows how.
  llvm::SmallVector<Outcome, 3> Of;
  bool none() const { return !Any && Of.empty(); }
};
Endings endings(const View &V);

/// Whether this operation can block at all.
bool isWait(Op O);

/// Whether beginning to wait here is a step of its own: others can tell.
bool beginsToWait(const View &V);

enum class Readiness : uint8_t { Blocked, Begins, Ready };
Readiness readiness(const Program &P, const World &W, unsigned Task);
/// What it would be if it had its strand for itself.
Readiness readinessAlone(const View &V);

/// The strand of a task, if it has one that is in sight.
ObjectId strandOf(const World &W, const Task &T);

/// Can \p T take this lock now?
bool canTake(const Program &P, const World &W, ObjectId Lock, const Task &T, bool Shared);

/// What a lock's third number says, as bits.
enum : int32_t { RecursiveLock = 1, WritersFirstLock = 2, RobustLock = 4, CheckedLock = 8 };

/// Whether it is free again when its owner ends.
inline bool isRobust(const World &W, ObjectId Lock) {
  const Object *O = W.find(Lock);
  return O && O->is(ObjectKind::Lock) && O->N[2] & RobustLock;
}

/// Tasks that stand at a send to this channel and have a value to hand over.
llvm::SmallVector<unsigned, 4> offers(const Program &P, const World &W, ObjectId Channel,
                                      ObjectId Receiver);

} // namespace taskleak
