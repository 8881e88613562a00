// Addresses are geocoded by two threads that end at an empty address. One such mark is
// pushed: the thread that takes it ends, and the other one waits for the next address.
// pattern: receive that nobody feeds

#include "oracle.h"

#include <oneapi/tbb/concurrent_queue.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

class Geocoder {
 public:
  explicit Geocoder(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back(&Geocoder::Locate, this);
  }

  void Add(std::string address) { addresses_.push(std::move(address)); }

  int Finish() {
#ifdef LEAKING
    addresses_.push({});  // cause
#else
    for (std::size_t i = 0; i < threads_.size(); ++i) addresses_.push({});
#endif
    for (auto& thread : threads_) thread.join();
    return located_;
  }

 private:
  void Locate() {
    oracle::Task alive;
    std::string address;
    for (;;) {
      addresses_.pop(address);  // stuck: blocking-receive
      if (address.empty()) return;
      ++located_;
    }
  }

  tbb::concurrent_bounded_queue<std::string> addresses_;
  std::atomic<int> located_{0};
  std::vector<std::thread> threads_;
};

int LocateCustomers() {
  Geocoder geocoder(2);
  geocoder.Add("Unter den Linden 6, Berlin");
  geocoder.Add("Trinity Lane, Cambridge");
  return geocoder.Finish();
}

int main() {
  oracle::watch();
  LocateCustomers();
  return oracle::verdict();
}
