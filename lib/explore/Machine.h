// Runs one step of one task: from where it stands, through everything that no
// other task can notice, to its next scheduling point.

#pragma once

#include "explore/Choices.h"
#include "explore/Explore.h"
#include "explore/Movers.h"
#include "explore/Progress.h"
#include "explore/Turns.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace taskleak {

/// What an observer of a step is told.
struct Record {
  struct Event {
    ObjectId Task = NoObject;
    InstructionRef At;
    Outcome Ended = Outcome::Ok;
    bool Threw = false;
    Value Object;
    std::string Note;
    llvm::SmallVector<ObjectId, 2> Started; ///< Tasks that begin here.
    std::vector<CopyOnWrite<Frame>> Stack; ///< Where a lock was taken: the frames, outermost first.
    bool EndsTask = false;
  };
  struct Copying {
    ObjectId Task, From, To;
    InstructionRef At;
    FunctionId By = NoId; ///< The user's copy constructor.
  };
  /// A number that is written to memory.
  struct Storing {
    ObjectId Task, Object;
    TextId Field = 0;
    InstructionRef At;
    Value Written;
  };
  std::vector<Event> Events;
  std::vector<Copying> Copies;
  std::vector<Storing> Stores;
  std::optional<Outlived> Gone;
  std::vector<Assumption> Assumptions;
};

class Machine : public Progress {
public:
  Machine(const Program &P, Discipline &D, const Budget &Limits, World &W, unsigned Task,
          Choices &Chosen, Record *Log = nullptr)
      : P(P), D(D), Limits(Limits), W(W), Index(Task), Chosen(Chosen), Log(Log) {
    Self = W.Tasks[Task]->Self;
  }

  /// One step; the task must be able to take one. Adds where it could have gone
  /// another way to \p Left, if it is given.
  Ending run(Forks *Left = nullptr);

  /// The rest of a step from where its world is as in a fork.
  Ending resume(const Progress &Then, Forks &Left);

  /// Completes the wait that the task is blocked in, as a waker would.
  Ending release();

private:
  const Program &P;
  Discipline &D;
  const Budget &Limits;
  World &W;
  mutable unsigned Index; ///< Of the task in `W.Tasks`, if none has gone before it.
  Choices &Chosen;
  Record *Log;

  // Machine.cpp
  Ending goOn(Forks *Left);
  void execute();
  bool takesLock() const;
  bool mayChoose() const;
  bool isUpdating();
  bool goesOn();
  unsigned index() const {
    if (Index >= W.Tasks.size() || W.Tasks[Index]->Self != Self)
      Index = W.taskOf(Self);
    return Index;
  }
  const Task &task() const { return *W.Tasks[index()]; }
  Task &editTask() { return W.Tasks[index()].edit(); }
  Turns turns() { return Turns(P, W, Strand); }
  View view() const { return View(P, W, index()); }
  void set(SlotId Slot, Value V);
  void setResult(const Code &C, Value V) { set(C.I->Result, V); }
  void advance();
  void enterBlock(BlockId B);
  void truncate(llvm::StringRef What);
  unsigned choose(unsigned Count);
  /// What main makes of it may be why it gives up.
  void noteGuess();
  bool hasTime();
  void assume(const Code &C, llvm::function_ref<std::string()> Text, Value About = {});
  Record::Event *log(const Code &C, Value Object = Value());

  // StepValues.cpp
  void compare(const Code &C);
  void value(const Code &C);
  Value closure(const Code &C);
  Value executor() const;
  Value catches(const Code &C, Value Thrown, Value Otherwise) const;
  Term termOf(const Code &C) const;
  Value arithmetic(Op O, Value A, Value B);
  static Value chosen(Op O, Value A, Value B);
  void compute(const Code &C, std::optional<Value> Known);
  void opaque(const Code &C, Term T);

  // StepTexts.cpp
  void text(const Code &C);
  std::optional<Value> heldInArray(Value A, Value B) const;
  Value someText(const Code &C);

  // Decide.cpp: unknown values
  std::optional<bool> known(Value V) const;
  Value test(Term T);
  Value truth(Value V);
  Value negation(Value V);
  Value equal(Value A, Value B);
  Value sameText(Value A, Value B);
  Value less(Value A, Value B, bool OrEqual, const Code &C);
  Value both(Term::Kind K, Value A, Value B);
  bool decide(Value V, const Code &C);
  bool isA(Value Object, TextId Type) const;
  FunctionId overrider(const Code &C, Value Object);
  int32_t decideCount(uint32_t S, const Code &C, std::optional<int32_t> Beyond = std::nullopt);
  std::string sayCount(Value V, int32_t N, bool IsBeyond, const Code &C) const;
  bool isBeyond(Value V, int32_t N) const;
  Value number(Value V, const Code &C);
  void settle(uint32_t S, Value With, bool IsCount = false);
  void settleTest(uint32_t S, bool Is);
  void fold();
  std::string textOf(Value V) const;
  std::string sayTest(Value Test, bool Is) const;

  // StepMemory.cpp
  void memory(const Code &C);
  Value allocate(const Code &C);
  void retain(Value V);
  static Value untold(const Object &O);
  void load(const Code &C);
  void store(const Code &C);
  Value copy(const Code &C, Value V, unsigned Depth);
  void drop(const Code &C);
  void noteStore(const Code &C, ObjectId Object, TextId Field, Value V);

  // Lifetimes.cpp
  void endLife(const Code &C);
  void noteUse(const Code &C, ObjectId Object);
  Item *field(ObjectId O, TextId Name);
  void touchField(ObjectId O, TextId Name);
  void touchWhole(ObjectId O);
  bool isNews(const Object &O, TextId Field, ObjectId Guard) const;
  void keep(ObjectId Holder, Value V);

  // StepSequences.cpp
  void sequence(const Code &C);
  void unknownSequence(const Code &C);
  Value only(Value Pointer) const;
  void onSequence(const Code &C, ObjectId S);
  void take(const Code &C, ObjectId S);
  void element(const Code &C, ObjectId S);

  // StepCalls.cpp
  void call(const Code &C);
  void callExtern(const Code &C);
  bool enter(FunctionId F, llvm::ArrayRef<Value> Args, int32_t Result);
  bool enterCallable(Value Callable, llvm::ArrayRef<Value> Args, int32_t Result);
  void terminator(const Code &C);
  bool isMain() const;
  bool endsAlone() const;
  void leave(Value Result);
  void raise(TextId What = 0);
  void endTask(bool Threw, Value Result);

  // StepTasks.cpp
  void taskOperation(const Code &C);
  void spawn(const Code &C);
  Value strandFor(const Code &C, Value Given);
  void enqueue(const Code &C, ObjectId New);
  ObjectId start(const Code &C, Value Callable, llvm::ArrayRef<Value> Args);
  void mask(const Code &C);
  void kill(const Code &C);
  void end(unsigned Task);
  void finishCase(const Task &Case, bool Threw);
  void removeCases(ObjectId Parent, ObjectId But = NoObject);
  void outside(const Code &C);

  // StepCoroutines.cpp
  void resume(const Code &C, Value Coroutine);
  void suspend(const Code &C);
  void giveBack(ObjectId Resumer);

  // StepObjects.cpp
  void object(const Code &C);
  void make(const Code &C);
  void setUp(Object &O, const Code &C, Value A);
  void reset(const Code &C);
  void onRequest(const Code &C);

  // StepWaits.cpp
  void wait(const Code &C);
  void begin(const Code &C);
  void complete(const Code &C, Outcome Ended);
  void completeUnknown(const Code &C);
  void finish(const Code &C, Outcome Ended, Value Result, Value Received);
  void takeLock(ObjectId Lock, bool Shared);
  void takeLocks(const Code &C);
  void slipIn(const Code &C);
  void freeLock(ObjectId Lock);
  void tellOfUnlock(ObjectId Lock);
  Value receive(const Code &C, ObjectId Channel);
  void send(ObjectId Channel, Value V);
  void beginSelect(const Code &C);
  void leaveStrand();

  // StepWakers.cpp
  void waker(const Code &C);
  void wakeBy(const Code &C, Value A);
  void notify(const Code &C);
  void close(const Code &C, ObjectId Channel);
  void interrupt(Value Object);
  void count(const Code &C);
  void arrive(const Code &C);
  void fulfil(ObjectId Event, int32_t To, Value V);
  void request(const Code &C, Value Cancel);
};

} // namespace taskleak
