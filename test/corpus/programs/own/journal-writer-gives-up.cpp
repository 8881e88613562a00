// A journal whose writer thread ends at the first failed write. Appenders that find the
// buffer full afterwards wait for room that nobody makes.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace storage {

enum class WriteStatus : uint8_t { Done, DiskFull };

/// A block device of fixed size.
class Disk {
  unsigned FreeBlocks;

public:
  explicit Disk(unsigned Blocks) : FreeBlocks(Blocks) {}

  WriteStatus write(uint64_t Record) {
    if (FreeBlocks == 0)
      return WriteStatus::DiskFull;
    --FreeBlocks;
    return WriteStatus::Done;
  }
};

class Journal {
  static constexpr unsigned MaxPending = 2;

  Disk &Target;
  std::mutex Lock;
  std::condition_variable HasRecord, HasRoom;
  std::deque<uint64_t> Pending;
  bool Closing = false;
  bool Failed = false;
  std::thread Writer;

public:
  explicit Journal(Disk &D) : Target(D), Writer(&Journal::writeAll, this) {}
  ~Journal() {
    {
      std::lock_guard<std::mutex> Guard(Lock);
      Closing = true;
    }
    HasRecord.notify_one();
    Writer.join();
  }

  /// False if the journal has failed and the record is lost.
  bool append(uint64_t Record) {
    std::unique_lock<std::mutex> Guard(Lock);
    while (Pending.size() == MaxPending && !Failed)
      HasRoom.wait(Guard); // stuck: unwoken-wait
    if (Failed)
      return false;
    Pending.push_back(Record);
    HasRecord.notify_one();
    return true;
  }

private:
  void writeAll() {
    oracle::Task Alive;
    std::unique_lock<std::mutex> Guard(Lock);
    while (true) {
      while (Pending.empty() && !Closing)
        HasRecord.wait(Guard);
      if (Pending.empty())
        return;
      uint64_t Record = Pending.front();
      Pending.pop_front();
      HasRoom.notify_one();
      if (Target.write(Record) != WriteStatus::Done) {
#ifndef LEAKING
        Failed = true;
        HasRoom.notify_all();
#endif
        return; // cause
      }
    }
  }
};

} // namespace storage

unsigned recordReadings() {
  storage::Disk Small(1);
  storage::Journal J(Small);
  unsigned Kept = 0;
  for (uint64_t Reading = 0; Reading < 5; ++Reading)
    Kept += J.append(Reading);
  return Kept;
}

int main() {
  oracle::watch();
  recordReadings();
  return oracle::verdict();
}
