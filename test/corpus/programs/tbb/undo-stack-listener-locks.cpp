// An undo stack that tells its listeners of each change with its mutex held. The listener
// for the menu asks the stack how much can be undone, and locks the mutex again.
// pattern: relock through a callback

#include "oracle.h"

#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/task_group.h>

#include <functional>
#include <mutex>
#include <string>
#include <vector>

class UndoStack {
public:
  using Listener = std::function<void()>;

  void onChange(Listener listener) { m_listener = std::move(listener); }

  void push(std::string change) {
    std::unique_lock<tbb::mutex> locker(m_mutex);
    m_changes.push_back(std::move(change));
#ifndef LEAKING
    locker.unlock();
#endif
    if (m_listener)
      m_listener(); // cause
  }

  std::size_t depth() const {
    std::lock_guard<tbb::mutex> locker(m_mutex); // stuck: lock-cycle
    return m_changes.size();
  }

private:
  mutable tbb::mutex m_mutex;
  std::vector<std::string> m_changes;
  Listener m_listener;
};

struct UndoAction {
  bool enabled = false;
};

bool typeText() {
  UndoStack stack;
  UndoAction undo;
  stack.onChange([&] { undo.enabled = stack.depth() > 0; });
  tbb::task_group typing;
  typing.run([&] {
    oracle::Task alive;
    stack.push("insert 'a'");
  });
  typing.wait();
  return undo.enabled;
}

int main() {
  oracle::watch();
  typeText();
  return oracle::verdict();
}
