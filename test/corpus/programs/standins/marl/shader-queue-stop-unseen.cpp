// A task compiles shaders from a queue until the queue is stopped. The wait looks at the queue
// alone, not at the flag that ends the task.
// pattern: predicate without the stop flag

#include "oracle.h"

#include "marl/conditionvariable.h"
#include "marl/mutex.h"
#include "marl/scheduler.h"
#include "marl/waitgroup.h"

#include <deque>
#include <string>

class ShaderQueue {
 public:
  void push(std::string source) {
    marl::lock lock(mutex_);
    sources_.push_back(std::move(source));
    changed_.notify_one();
  }

  bool pop(std::string& source) {
    marl::lock lock(mutex_);
#ifdef LEAKING
    changed_.wait(lock, [this] { return !sources_.empty(); });  // stuck: unwoken-wait
#else
    changed_.wait(lock, [this] { return !sources_.empty() || stopped_; });  // stuck: unwoken-wait
#endif
    if (sources_.empty()) return false;  // cause
    source = sources_.front();
    sources_.pop_front();
    return true;
  }

  void stop() {
    marl::lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  marl::mutex mutex_;
  marl::ConditionVariable changed_;
  std::deque<std::string> sources_;
  bool stopped_ = false;
};

static void startEngine() {
  ShaderQueue queue;
  marl::WaitGroup compiler(1);
  size_t compiled = 0;
  marl::schedule([&queue, &compiled, compiler] {
    oracle::Task alive;
    std::string source;
    while (queue.pop(source)) compiled += source.size();
    compiler.done();
  });
  queue.push("void main() {}");
  queue.stop();
  compiler.wait();
}

int main() {
  oracle::watch();
  marl::Scheduler scheduler(marl::Scheduler::Config::allCores());
  scheduler.bind();
  startEngine();
  marl::Scheduler::unbind();
  return oracle::verdict();
}
