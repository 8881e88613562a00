// A cache that loads each entry once; others who want it wait. If the loader throws,
// the entry stays marked as loading and those who wait for it are not told.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

struct Profile {
  int Id = 0;
  int Karma = 0;
};

class BackendError : public std::runtime_error {
public:
  BackendError() : std::runtime_error("profile backend is not reachable") {}
};

// The one entry that the home page shows.
class CachedProfile {
public:
  using Loader = std::function<Profile(int)>;

  CachedProfile(int Id, Loader Load) : Id(Id), Load(std::move(Load)) {}

  Profile get() {
    std::unique_lock<std::mutex> Hold(Mutex);
    while (State == Loading)
      Settled.wait(Hold); // stuck: unwoken-wait
    if (State == Loaded)
      return Value;
    State = Loading;
    Hold.unlock();
#ifdef LEAKING
    Profile Fresh = Load(Id); // cause
#else
    Profile Fresh;
    try {
      Fresh = Load(Id);
    } catch (...) {
      settle(Missing, Profile());
      throw;
    }
#endif
    settle(Loaded, Fresh);
    return Fresh;
  }

private:
  enum Status { Missing, Loading, Loaded };

  void settle(Status Next, const Profile &Fresh) {
    std::lock_guard<std::mutex> Hold(Mutex);
    State = Next;
    Value = Fresh;
    Settled.notify_all();
  }

  const int Id;
  const Loader Load;
  std::mutex Mutex;
  std::condition_variable Settled;
  Status State = Missing;
  Profile Value;
};

static void renderHomePage(CachedProfile &Owner) {
  oracle::Task Alive;
  try {
    (void)Owner.get();
  } catch (const BackendError &) {
    // The page is shown without the owner's karma.
  }
}

static void serveHomePages() {
  CachedProfile Owner(1, [](int) -> Profile { throw BackendError(); });
  std::thread First(renderHomePage, std::ref(Owner));
  std::thread Second(renderHomePage, std::ref(Owner));
  First.join();
  Second.join();
}

int main() {
  oracle::watch();
  serveHomePages();
  return oracle::verdict();
}
