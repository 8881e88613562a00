// Stand-in for marl's header of this name: what the corpus uses of it, declared as it is there.

#ifndef marl_scheduler_h
#define marl_scheduler_h

#include <functional>
#include <utility>

namespace marl {

class Task {
 public:
  using Function = std::function<void()>;
  enum class Flags { None = 0, SameThread = 1 };
  Task();
  Task(const Task&);
  Task(Task&&);
  Task(const Function& function, Flags flags = Flags::None);
  Task(Function&& function, Flags flags = Flags::None);
  Task& operator=(const Task&);
  Task& operator=(Task&&);
  operator bool() const;
  void operator()() const;
};

class Scheduler {
 public:
  struct Config {
    Config& setWorkerThreadCount(int);
    static Config allCores();
  };

  Scheduler(const Config&);
  ~Scheduler();

  static Scheduler* get();
  void bind();
  static void unbind();
  void enqueue(Task&& task);
};

void schedule(Task&& t);

template <typename Function>
inline void schedule(Function&& f) {
  Scheduler::get()->enqueue(Task(std::forward<Function>(f)));
}

template <typename Function, typename... Args>
inline void schedule(Function&& f, Args&&... args) {
  Scheduler::get()->enqueue(Task(std::bind(std::forward<Function>(f), std::forward<Args>(args)...)));
}

}  // namespace marl

#endif  // marl_scheduler_h
