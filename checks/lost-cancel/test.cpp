// RUN: %verify -std=c++20 %s
// Waits that only a stop could end, and nobody requests it.

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

bool transfer() noexcept;

struct Page {
  std::mutex m;
  std::condition_variable_any changed;

  void watch(std::stop_token stop) {
    std::unique_lock lock(m);
    changed.wait(lock, stop, [] { return false; }); // expected-warning {{'changed'}}
  }
};

struct WatchedPage {
  std::mutex m;
  std::condition_variable_any changed;

  void watch(std::stop_token stop) {
    std::unique_lock lock(m);
    changed.wait(lock, stop, [] { return false; });
  }
};

void droppedBad() {
  Page page;
  std::stop_source stop;
  std::thread t(&Page::watch, &page, stop.get_token());
  t.join();
}

void requestedOk() {
  WatchedPage page;
  std::stop_source stop;
  std::thread t(&WatchedPage::watch, &page, stop.get_token());
  stop.request_stop();
  t.join();
}

// The destructor of a std::jthread requests the stop before it joins.
void ownedOk() {
  WatchedPage page;
  std::jthread t([&](std::stop_token stop) { page.watch(stop); });
}

void onePathBad() {
  std::mutex m;
  std::condition_variable_any progress;
  std::stop_source stop;
  std::thread bar([&, token = stop.get_token()] {
    std::unique_lock lock(m);
    progress.wait(lock, token, [] { return false; }); // expected-warning {{'progress'}}
  });
  if (transfer())
    stop.request_stop();
  bar.join();
}

void everyPathOk() {
  std::mutex m;
  std::condition_variable_any progress;
  std::stop_source stop;
  std::thread bar([&, token = stop.get_token()] {
    std::unique_lock lock(m);
    progress.wait(lock, token, [] { return false; });
  });
  (void)transfer();
  stop.request_stop();
  bar.join();
}
// expected-note@* 0+ {{}}
