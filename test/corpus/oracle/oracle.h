// What a corpus program is judged by when it runs: how many of its tasks are
// still alive when all should be over.
//   void serve() { std::thread t([] { oracle::Task alive; ... }); ... }
//   int main() { oracle::watch(); serve(); return oracle::verdict(); }
// Nothing here blocks on the program's own objects, and nothing throws.

#pragma once

#ifdef __cplusplus
extern "C" {
#define ORACLE_NOEXCEPT noexcept
#else
#define ORACLE_NOEXCEPT
#endif

/// First in main: if main has not come to its verdict after a while, the program
/// is told to leak and ends.
void oracle_watch(void) ORACLE_NOEXCEPT;
/// A task begins, a task ends.
void oracle_begin(void) ORACLE_NOEXCEPT;
void oracle_end(void) ORACLE_NOEXCEPT;
/// Stands where an unlucky schedule lets other tasks run: lets them.
void oracle_window(void) ORACLE_NOEXCEPT;
/// All tasks should be over now; those that stay alive for longer are leaks. For
/// programs whose executor would destroy its suspended tasks later.
void oracle_settle(void) ORACLE_NOEXCEPT;
/// Settles; the exit code of main: 0 if nothing has leaked, 3 otherwise.
int oracle_verdict(void) ORACLE_NOEXCEPT;

#ifdef __cplusplus
}

namespace oracle {

/// Alive as long as the task's frame: its first variable.
class Task {
public:
  Task() noexcept { oracle_begin(); }
  Task(const Task &) = delete;
  Task &operator=(const Task &) = delete;
  ~Task() noexcept { oracle_end(); }
};

inline void watch() noexcept { oracle_watch(); }
inline void window() noexcept { oracle_window(); }
inline void settle() noexcept { oracle_settle(); }
inline int verdict() noexcept { return oracle_verdict(); }

} // namespace oracle
#endif
