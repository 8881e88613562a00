// Workers take the next unit until none is left.

#include "driver/RunAll.h"

#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Threading.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

using namespace llvm;

namespace taskleak {

/// The compiler recurses deeply on nested templates and long expressions.
constexpr unsigned StackSize = 64u << 20;

static UnitOutcome runSafely(const clang::tooling::CompileCommand &Command,
                             const RunOptions &Options) {
  UnitOutcome Out;
  CrashRecoveryContext Context;
  bool Finished =
      Context.RunSafelyOnThread([&] { Out = runUnit(Command, Options); }, StackSize);
  if (Finished)
    return Out;
  UnitOutcome Crashed;
  Crashed.File = Command.Filename;
  Crashed.Failure = FailedUnit{Command.Filename, "taskleak crashed on this file; please report it "
                                                 "with the file's preprocessed form"};
  return Crashed;
}

std::vector<UnitOutcome> runAll(const UnitCommands &Commands, const RunOptions &Options,
                                unsigned Jobs, ProgressCall Progress) {
  CrashRecoveryContext::Enable();
  if (Jobs == 0)
    Jobs = hardware_concurrency().compute_thread_count();
  Jobs = std::clamp<size_t>(Jobs, 1, std::max<size_t>(Commands.size(), 1));

  std::vector<UnitOutcome> Outcomes(Commands.size());
  std::atomic<size_t> Next = 0;
  std::mutex ProgressLock;
  size_t Begun = 0;
  auto Work = [&] {
    for (size_t I = Next++; I < Commands.size(); I = Next++) {
      {
        std::lock_guard Guard(ProgressLock);
        Progress(Commands[I].Filename, ++Begun, Commands.size());
      }
      Outcomes[I] = runSafely(Commands[I], Options);
    }
  };
  std::vector<std::thread> Workers;
  for (unsigned I = 0; I < Jobs; ++I)
    Workers.emplace_back(Work);
  for (std::thread &Worker : Workers)
    Worker.join();
  return Outcomes;
}

} // namespace taskleak
