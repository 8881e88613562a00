// Stand-in for folly's header of this name; the function is declared with Task.

#pragma once

#include <folly/coro/Task.h>
