// How messages say what an operation does: one row an operation, in which %
// stands for the object and $ for the operation's own text.

#include "finding/Words.h"

namespace taskleak {

namespace {

struct Phrase {
  Op Code;
  ObjectKind Kind;   ///< What the object is, if it has no name.
  const char *Noun;  ///< The wait as a thing.
  const char *Waits; ///< A task that waits.
  const char *Done;  ///< A task that has done it.
};

using K = ObjectKind;

constexpr Phrase Phrases[] = {
    {Op::Acquire, K::Counter, "acquire of %", "waits to acquire %", "acquires %"},
    {Op::Arrive, K::Barrier, "arrival at %", "arrives at %", "arrives at %"},
    {Op::Await, K::None, "wait for %", "waits for %", "has waited for %"},
    {Op::Break, K::Event, "end of %", "drops %", "drops % unfulfilled"},
    {Op::Close, K::Channel, "close of %", "closes %", "closes %"},
    {Op::Detach, K::Task, "detach of %", "detaches %", "detaches %"},
    {Op::Exit, K::None, "exit", "ends the process", "ends the process"},
    {Op::Extern, K::None, "call of '$'", "calls '$'", "calls '$'"},
    {Op::Fulfil, K::Event, "fulfilment of %", "fulfils %", "fulfils %"},
    {Op::Interrupt, K::None, "interrupt of %", "interrupts %", "interrupts those who wait for %"},
    {Op::Join, K::Task, "join of %", "waits for % to end", "joins %"},
    {Op::Kill, K::None, "stop of %", "stops %", "stops the tasks of %"},
    {Op::Lock, K::Lock, "lock of %", "waits to lock %", "locks %"},
    {Op::Make, K::None, "making of %", "makes %", "makes %"},
    {Op::Notify, K::Condition, "notify of %", "notifies %", "notifies %"},
    {Op::OnRequest, K::Cancel, "callback for %", "waits for %",
     "registers a callback for the stop of %"},
    {Op::Outside, K::None, "'$'", "waits in '$'", "comes back from '$'"},
    {Op::Poll, K::Channel, "poll of %", "waits to receive from %", "can receive from %"},
    {Op::Receive, K::Channel, "receive from %", "waits to receive from %", "receives from %"},
    {Op::Request, K::Cancel, "request of %", "requests the stop of %", "requests the stop of %"},
    {Op::Requested, K::Cancel, "test of %", "tests %", "tests whether the stop of % is requested"},
    {Op::Reset, K::None, "reset of %", "resets %", "resets %"},
    {Op::Resume, K::Task, "run of coroutine %", "runs coroutine %", "resumes coroutine %"},
    {Op::Return, K::None, "return", "returns", "returns"},
    {Op::Select, K::None, "select", "waits in a select", "leaves the select"},
    {Op::Send, K::Channel, "send to %", "waits to send to %", "sends to %"},
    {Op::Spawn, K::Task, "start of %", "starts %", "starts %"},
    {Op::Suspend, K::None, "`$`", "is suspended in `$`", "goes on after `$`"},
    {Op::Throw, K::None, "throw", "throws", "throws"},
    {Op::Unlock, K::Lock, "unlock of %", "unlocks %", "unlocks %"},
    {Op::Wait, K::Condition, "wait for %", "waits for %", "is woken by %"},
};

constexpr Phrase Other = {Op::Move, K::None, "step", "takes a step", "takes a step"};

/// A poll of several channels is called what the user wrote.
constexpr Phrase PollOfSeveral = {Op::Poll, K::None, "`$`", "waits in `$`", "comes back from `$`"};

const Phrase &phrase(const Instruction &I, llvm::StringRef Object) {
  if (I.Code == Op::Poll && Object.empty() && !I.Text.empty())
    return PollOfSeveral;
  for (const Phrase &P : Phrases)
    if (P.Code == I.Code)
      return P;
  return Other;
}

} // namespace

static const char *withArticle(ObjectKind Kind) {
  switch (Kind) {
  case K::None:
    return "something";
  case K::Lock:
    return "a lock";
  case K::Condition:
    return "a condition";
  case K::Counter:
    return "a counter";
  case K::Barrier:
    return "a barrier";
  case K::Channel:
    return "a channel";
  case K::Event:
    return "an event";
  case K::Cancel:
    return "a cancel";
  case K::Timer:
    return "a timer";
  case K::Task:
    return "a task";
  }
  return "";
}

std::string quoted(llvm::StringRef Object, ObjectKind Kind) {
  return Object.empty() ? withArticle(Kind) : "'" + Object.str() + "'";
}

static std::string fill(const char *Pattern, const Phrase &P, const Instruction &I,
                        llvm::StringRef Object) {
  // Where the object has no name, the operation has: what the user wrote there.
  if (Object.empty() && (group(I.Code) == OpGroup::Wait || I.Code == Op::Join))
    Object = I.Text;
  std::string Out;
  for (const char *At = Pattern; *At; ++At) {
    if (*At == '%')
      Out += quoted(Object, I.Code == Op::Make ? I.Kind : P.Kind);
    else if (*At == '$')
      Out += I.Text;
    else
      Out += *At;
  }
  return Out;
}

std::string waitNoun(const Instruction &I, llvm::StringRef Object) {
  const Phrase &P = phrase(I, Object);
  return fill(P.Noun, P, I, Object);
}

std::string waitVerb(const Instruction &I, llvm::StringRef Object) {
  const Phrase &P = phrase(I, Object);
  return fill(P.Waits, P, I, Object);
}

static std::string countVerb(const Instruction &I, llvm::StringRef Object) {
  std::string Name = quoted(Object, ObjectKind::Counter);
  if (I.Operands.size() < 2 || I.Operands[1].K != Operand::Kind::Int)
    return "changes the count of " + Name;
  int64_t N = I.Operands[1].Number;
  std::string Verb = (N > 0 ? "counts up " : "counts down ") + Name;
  return N == 1 || N == -1 ? Verb : Verb + " by " + std::to_string(N > 0 ? N : -N);
}

std::string doneVerb(const Instruction &I, llvm::StringRef Object, Outcome Ended) {
  const Phrase &P = phrase(I, Object);
  std::string Noun = fill(P.Noun, P, I, Object);
  switch (Ended) {
  case Outcome::Timeout:
    return "gives up its " + Noun + " after a timeout";
  case Outcome::Closed:
    return "ends its " + Noun + ", which is closed";
  case Outcome::Full:
    return "gives up its " + Noun + " at once";
  case Outcome::Empty:
    return "finds nothing in " + quoted(Object, P.Kind);
  case Outcome::Cancelled:
    return "is cancelled in its " + Noun;
  case Outcome::Broken:
    return "ends its " + Noun + ", which nobody will fulfil";
  case Outcome::Ok:
    break;
  }
  if (I.Code == Op::Count)
    return countVerb(I, Object);
  if (I.Code == Op::Notify && I.Flag.has(Flag::All))
    return "notifies all waiters of " + quoted(Object, P.Kind);
  if (I.Code == Op::Fulfil && I.Flag.has(Flag::Fails))
    return "fails " + quoted(Object, P.Kind);
  return fill(P.Done, P, I, Object);
}

} // namespace taskleak
