// A state of a running scenario: its tasks, the objects they reach, and what has
// been decided about unknown values. Cheap to copy.
//   std::mutex M; std::thread T([&] { M.lock(); });
// is two tasks, a lock and a task object.

#pragma once

#include "explore/Callbacks.h"
#include "explore/CopyOnWrite.h"
#include "explore/Symbols.h"
#include "explore/Value.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/SmallVector.h"

namespace taskleak {

/// What an object is to the explorer; `Sync` objects have an `ObjectKind`.
enum class Body : uint8_t { Record, Cell, Sequence, Closure, Sync };

/// One value that an object holds: a field, an element, a capture.
struct Item {
  Value V;
  TextId Name = 0;
  ObjectId Guard = NoObject; ///< The lock that was held at all accesses so far.
};

/// A closure's capture that ends with it.
enum : TextId { OwnedItem = 1 };

/// Roles of a cancel's items.
enum : TextId { ParentItem = 0, CallbackItem = 1, ChildItem = 2 };

enum : int32_t { EventUnset, EventSet, EventFailed, EventBroken };

struct Object {
  Body S = Body::Record;
  ObjectKind Kind = ObjectKind::None;
  bool Escaped = false;        ///< The outside may do anything to it.
  bool Foreign = false;        ///< Escaped, but not to the outside: its values are foreign.
  bool Reached = false;        ///< By more than one task.
  bool WasReached = false;     ///< At some time.
  uint16_t Owners = 0;
  ObjectId Holder = NoObject;  ///< As a strand: the task that runs on it.
  ObjectId Guard = NoObject;   ///< For cells and sequences, as `Item::Guard`.
  ObjectId Whole = NoObject;   ///< What it is part of, where some code steps there from it.
  uint32_t Site = NoId;        ///< Where it was made: see `Program::site`.
  uint32_t EndedAt = NoId;     ///< Where its life ended.
  /// Record: type. Closure: function. Lock: depth, owner. Counter: count.
  /// Barrier: arrived, phase, participants. Channel: capacity (-1: no bound), closed.
  /// Condition: notified. Event: state. Cancel: requested. Timer: fires.
  /// Task: ended, where it was detached, is it.
  int32_t N[3] = {0, 0, 0};
  llvm::SmallVector<Item, 2> Items;

  bool is(ObjectKind K) const { return S == Body::Sync && Kind == K; }
};

/// What becomes of a frame's result.
/// To the resume below: which coroutine is to run now. Otherwise: the global it initializes.
enum : int32_t { ToCaller = -1, Dropped = -2, ToResume = -3 };

struct Frame {
  FunctionId F = 0;
  BlockId B = 0;
  uint32_t Index = 0;
  int32_t Result = ToCaller;
  Value Runs = Value::null(); ///< The callable that it is a call of, if that owns anything.
  uint32_t Activation = 0; ///< Tells it from other calls of its function; no part of the state.
  std::vector<Value> Slots;
};

/// Where it stands, as a number.
inline uint64_t position(const Frame &F) {
  return uint64_t(F.F) << 40 | uint64_t(F.B) << 20 | F.Index;
}

/// How far a task is in the wait that it stands at.
enum class Phase : uint8_t {
  Idle,     ///< It has not begun, or beginning makes no difference.
  Waiting,  ///< It has begun: it can be notified or interrupted.
  Notified, ///< A condition wait that has been woken and wants its lock back.
  Woken,    ///< It ends with `Task::Woke`.
  Hung,     ///< The outside never answers.
};

struct Task {
  ObjectId Self = NoObject;
  Phase At = Phase::Idle;
  Outcome Woke = Outcome::Ok;
  bool IsEntry = false;
  bool Terminates = false;
  TextId Raised = 0;            ///< The types of what it throws, until it is caught; 0: unknown.
  bool Guessed = false;         ///< It goes on as it does because of an answer from out of sight.
  bool EverGuessed = false;     ///< Since it began main has assumed something, or waited for too long.
  uint8_t FreeBranches = 0;     ///< Branches that go both ways although known; see HeldUp.
  bool Queues = false;          ///< Of the ready tasks of its strand the first runs first.
  bool Suspended = false;       ///< A coroutine that nobody runs.
  ObjectId Resumer = NoObject;  ///< Who runs this coroutine, and waits until it suspends.
  bool Loose = false;           ///< Nobody knows when it becomes ready: no other waits for it.
  uint8_t Turn = 0;             ///< Its place in that order; 0: it has none, and waits for no other.
  int16_t Picked = -1;          ///< Index of the select's case that was first.
  int16_t CaseIndex = -1;       ///< For a select's case: which one.
  ObjectId Parent = NoObject;   ///< For a select's case: the selecting task.
  Value Ambient = Value::null(), Done = Value::null(), Fulfil = Value::null(),
        Strand = Value::null();
  llvm::SmallVector<CopyOnWrite<Frame>, 4> Stack;
  llvm::SmallVector<ObjectId, 2> Held; ///< Locks, in the order they were taken.

  bool isCoroutine() const { return Suspended || Resumer != NoObject; }
  const Frame &top() const { return *Stack.back(); }
  Frame &editTop() { return Stack.back().edit(); }
};

struct World {
  llvm::SmallVector<CopyOnWrite<Task>, 4> Tasks; ///< Those that have not ended.
  std::vector<CopyOnWrite<Object>> Heap;
  std::vector<Value> Globals;
  uint32_t Activations = 0; ///< How many frames there have been.
  const Callbacks *Callable = nullptr; ///< The program's.
  CopyOnWrite<SymbolTable> Symbols{SymbolTable()};

  const Object *find(ObjectId O) const {
    return O < Heap.size() && Heap[O] ? &*Heap[O] : nullptr;
  }
  const Object *find(Value V) const { return V.isRef() ? find(V.object()) : nullptr; }
  Object &edit(ObjectId O) { return Heap[O].edit(); }
  /// Puts a new object into a free place.
  ObjectId add(Object O);
  unsigned liveObjects() const;
  /// Main has waited for too long, or has guessed: that others wait is no surprise then.
  bool mayGiveUp() const;
  /// Index of the running task whose task object is \p Self, or NoId.
  unsigned taskOf(ObjectId Self) const;

  /// The cancel that \p V is or, for a task, was spawned with.
  Value cancelOf(Value V) const;

  /// Marks all that can be reached from \p V as changed by the outside; if \p Foreign, by
  /// what is not followed.
  void escape(Value V, bool Foreign = false);
  /// The same for all objects of a kind.
  void escapeAll(ObjectKind Kind);
  /// Marks all that can be reached from \p V as reached by more than one task.
  void share(Value V);
  /// Writes \p With wherever symbol \p S stands.
  void substitute(uint32_t S, Value With);
};

} // namespace taskleak
