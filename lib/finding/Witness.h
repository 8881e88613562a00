// Questions about one stuck task and the schedule that got it there, for the
// messages of checks: who touched the object, who is held up where.

#pragma once

#include "explore/Explore.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <initializer_list>
#include <string>

namespace taskleak {

class Witness {
public:
  Witness(const Unit &U, const Stuck &S) : U(U), S(S) {}

  /// "task 'worker'", "main task"; numbered where several have that name.
  std::string task(unsigned Task) const;

  /// "'orders'": what the victim waits for.
  std::string object() const;

  /// "send to 'orders'", "select on 'a' and 'b'": the victim's wait.
  std::string wait() const;

  /// The tasks other than the victim that did one of \p Codes to the victim's
  /// object, in order of their first time.
  llvm::SmallVector<unsigned, 4> tasksThat(std::initializer_list<Op> Codes) const;

  /// The steps that did one of \p Codes to the victim's object.
  llvm::SmallVector<unsigned, 4> stepsThat(std::initializer_list<Op> Codes) const;

  /// The tasks that the victim waits for and that are stuck themselves: those
  /// that hold it up, else those that wait for the outside.
  llvm::SmallVector<unsigned, 2> holders() const;

  /// True if one of \p Codes stands in what the task runs.
  bool couldDo(unsigned Task, std::initializer_list<Op> Codes) const;

  /// The tasks that have ended and could have brought what the victim waits
  /// for, but did nothing to the object: their path leaves it out.
  llvm::SmallVector<unsigned, 4> tasksThatLeftOut() const;

  /// "stuck in 'save'", "stuck in its send to 'orders'".
  std::string stuckIn(unsigned Task) const;

  /// The step in which the task begins the wait that it never leaves; NoId: none.
  unsigned lastWait(unsigned Task) const;

  /// The name of the object that a task is stuck on; empty if it has none.
  llvm::StringRef blockedOn(unsigned Task) const;

  /// True for the step in which a task ends.
  bool isEnd(const ScheduleStep &Step) const;

  /// The task that a spawn step starts; NoId if it cannot be told.
  unsigned startedBy(unsigned Step) const;

  /// The function in which a step stands, in quotes.
  std::string functionOf(unsigned Step) const;

  /// The function that the task begins in; NoId if that is not plain.
  FunctionId root(unsigned Task) const;

private:
  std::string nameOf(unsigned Task) const;
  std::string selectNoun() const;

  const Unit &U;
  const Stuck &S;
};

} // namespace taskleak
