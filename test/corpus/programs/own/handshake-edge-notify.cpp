// A pool that wakes a worker when its list of tasks is no longer empty. Two tasks that are
// posted at once wake one worker, whose task waits for the other one.
// pattern: notify_one for several waiters

#include "oracle.h"

#include <condition_variable>
#include <initializer_list>
#include <mutex>
#include <thread>

namespace base {

// An intrusive list: a task is its own node.
class Task {
 public:
  Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  virtual ~Task() = default;
  virtual void Run() = 0;

 private:
  friend class TaskList;
  Task* next_ = nullptr;
};

class TaskList {
 public:
  bool IsEmpty() const { return head_ == nullptr; }

  void Append(Task* task) {
    (head_ ? tail_->next_ : head_) = task;
    tail_ = task;
  }

  Task* RemoveFirst() {
    Task* task = head_;
    head_ = task->next_;
    return task;
  }

 private:
  Task* head_ = nullptr;
  Task* tail_ = nullptr;
};

class TaskRunner {
 public:
  TaskRunner() : first_([this] { RunTasks(); }), second_([this] { RunTasks(); }) {}

  ~TaskRunner() {
    {
      std::lock_guard<std::mutex> lock(lock_);
      is_shutting_down_ = true;
    }
    wake_.notify_all();
    first_.join();
    second_.join();
  }

  // The tasks have to live until they have run.
  void PostTasks(std::initializer_list<Task*> tasks) {
    std::lock_guard<std::mutex> lock(lock_);
#ifdef LEAKING
    const bool was_empty = tasks_.IsEmpty();
    for (Task* task : tasks) tasks_.Append(task);
    if (was_empty) wake_.notify_one();  // cause
#else
    for (Task* task : tasks) {
      tasks_.Append(task);
      wake_.notify_one();
    }
#endif
  }

 private:
  void RunTasks() {
    oracle::Task alive;
    std::unique_lock<std::mutex> lock(lock_);
    for (;;) {
      while (tasks_.IsEmpty() && !is_shutting_down_) {
        wake_.wait(lock);  // stuck: unwoken-wait
      }
      if (tasks_.IsEmpty()) return;
      Task* task = tasks_.RemoveFirst();
      lock.unlock();
      task->Run();
      lock.lock();
    }
  }

  std::mutex lock_;
  std::condition_variable wake_;
  TaskList tasks_;
  bool is_shutting_down_ = false;
  std::thread first_;
  std::thread second_;
};

}  // namespace base

namespace net {

// Both sides say hello and wait for the other's.
class Handshake {
 public:
  void Greet() {
    std::unique_lock<std::mutex> lock(lock_);
    ++greetings_;
    greeted_.notify_all();
    while (greetings_ < 2) {
      greeted_.wait(lock);  // stuck: unwoken-wait
    }
  }

  void Wait() {
    std::unique_lock<std::mutex> lock(lock_);
    greeted_.wait(lock, [this] { return greetings_ == 2; });  // stuck: unwoken-wait
  }

 private:
  std::mutex lock_;
  std::condition_variable greeted_;
  int greetings_ = 0;
};

class Side final : public base::Task {
 public:
  explicit Side(Handshake* handshake) : handshake_(handshake) {}
  void Run() override { handshake_->Greet(); }

 private:
  Handshake* handshake_;
};

}  // namespace net

void ConnectLoopback() {
  net::Handshake handshake;
  net::Side client(&handshake), server(&handshake);
  base::TaskRunner runner;
  oracle::window();  // Both workers wait.
  runner.PostTasks({&client, &server});
  handshake.Wait();
}

int main() {
  oracle::watch();
  ConnectLoopback();
  return oracle::verdict();
}
