// How far one task may run before others must be let in between.
//   lock(m_); n_ = n_ + 1; unlock(m_);   // one step, if n_ is only touched so

#pragma once

#include "explore/Discipline.h"
#include "explore/View.h"

namespace taskleak {

/// How the next operation of a task gets on with those of other tasks.
enum class Mover : uint8_t {
  Local,    ///< Nobody else can tell when it happens.
  Release,  ///< It may as well happen earlier.
  Commit,   ///< Others can tell, but it never blocks.
  Boundary, ///< It may block, or take what another wants.
};

Mover mover(const Program &P, Discipline &D, const World &W, unsigned Task);

/// Would an exception here end the task or the process?
bool exceptionLeaves(const Program &P, const Task &T);

} // namespace taskleak
