// Stand-in for folly's header of this name: waits for all of several tasks, or for the first.

#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

template <typename... SemiAwaitables>
Task<void> collectAll(SemiAwaitables&&... awaitables);
template <typename... SemiAwaitables>
Task<size_t> collectAny(SemiAwaitables&&... awaitables);

}  // namespace coro
}  // namespace folly
