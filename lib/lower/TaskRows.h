// Which rows of the model are about tasks: without any of them nobody waits for anybody.
// The others say how values are passed on: containers, smart pointers, callables.

#pragma once

#include "model/Row.h"

namespace taskleak {

/// What it does other tasks can notice. A file is read and written without waiting for
/// anybody in sight, unless there is a call that makes a pipe.
bool isOfTasks(const CallModel &Row);

/// Tasks can be held up by it, or it stands for one.
bool isOfTasks(const TypeModel &Row);

} // namespace taskleak
