// Volumes are frozen together for a backup: each freezes its writes and waits at a barrier.
// A volume that is read-only has nothing to freeze and returns at once.
// pattern: done missed on an early return

#include "oracle.h"

#include <absl/synchronization/barrier.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace backup {

enum class Mode { kReadWrite, kReadOnly };

struct Volume {
  std::string name;
  Mode mode = Mode::kReadWrite;
  bool frozen = false;
  int snapshots = 0;
};

void Freeze(Volume* volume, absl::Barrier* all_frozen) {
  oracle::Task alive;
  std::unique_ptr<absl::Barrier> cleanup;
#ifdef LEAKING
  if (volume->mode == Mode::kReadOnly) {
    ++volume->snapshots;
    return;  // cause
  }
#endif
  volume->frozen = volume->mode != Mode::kReadOnly;
  // The last one to leave owns the barrier.
  if (all_frozen->Block()) cleanup.reset(all_frozen);  // stuck: unfinished-wait-group, unwoken-wait
  ++volume->snapshots;
}

void TakeSnapshots(std::vector<Volume>* volumes) {
  auto* all_frozen = new absl::Barrier(static_cast<int>(volumes->size()));
  std::vector<std::thread> threads;
  for (Volume& volume : *volumes) {
    threads.emplace_back(Freeze, &volume, all_frozen);
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace backup

void NightlyBackup() {
  std::vector<backup::Volume> volumes = {
      {"home"}, {"media", backup::Mode::kReadOnly}, {"mail"}};
  backup::TakeSnapshots(&volumes);
}

int main() {
  oracle::watch();
  NightlyBackup();
  return oracle::verdict();
}
