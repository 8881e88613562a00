// A client that asks all mirrors for an index and takes the first answer. Its channel has
// room for one more; the answer after that waits for a receiver that has left.
// pattern: n senders and one receive

#include "oracle.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace net {

template <class T> class bounded_channel {
public:
  explicit bounded_channel(std::size_t capacity) : capacity_(capacity) {}

  bounded_channel(bounded_channel const &) = delete;
  bounded_channel &operator=(bounded_channel const &) = delete;

  void put(T value) {
    std::unique_lock<std::mutex> guard(mutex_);
    not_full_.wait(guard, [this] { return items_.size() < capacity_; }); // stuck: unwoken-wait
    items_.push_back(std::move(value));
    not_empty_.notify_one();
  }

  T take() {
    std::unique_lock<std::mutex> guard(mutex_);
    not_empty_.wait(guard, [this] { return !items_.empty(); });
    T value = std::move(items_.front());
    items_.pop_front();
    not_full_.notify_one();
    return value;
  }

private:
  std::size_t const capacity_;
  std::deque<T> items_;
  std::mutex mutex_;
  std::condition_variable not_full_;
  std::condition_variable not_empty_;
};

struct mirror {
  int id;
  std::chrono::milliseconds latency;
};

struct index_page {
  int mirror_id = 0;
  long revision = 0;
};

index_page download(mirror const &from) {
  std::this_thread::sleep_for(from.latency);
  return {from.id, 4711};
}

class index_client {
public:
  explicit index_client(std::vector<mirror> mirrors) : mirrors_(std::move(mirrors)) {}

  ~index_client() {
    for (auto &request : requests_)
      request.join();
  }

  index_page fetch() {
#ifdef LEAKING
    auto answers = std::make_shared<bounded_channel<index_page>>(1); // cause
#else
    auto answers = std::make_shared<bounded_channel<index_page>>(mirrors_.size());
#endif
    for (auto const &m : mirrors_)
      requests_.emplace_back([answers, m] {
        oracle::Task alive;
        answers->put(download(m));
      });
    return answers->take();
  }

private:
  std::vector<mirror> mirrors_;
  std::vector<std::thread> requests_;
};

} // namespace net

long latest_revision() {
  using namespace std::chrono_literals;
  net::index_client client({{1, 5ms}, {2, 1ms}, {3, 9ms}});
  return client.fetch().revision;
}

int main() {
  oracle::watch();
  latest_revision();
  return oracle::verdict();
}
