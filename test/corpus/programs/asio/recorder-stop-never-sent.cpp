// A recorder waits for frames or for its stop. The stop is sent at the end of a recording
// that went well; one with a broken camera is left without.
// pattern: select whose cancel case never fires

#include "oracle.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>

#include <atomic>
#include <optional>

namespace net = boost::asio;
using namespace net::experimental::awaitable_operators;
using boost::system::error_code;

struct Frame {
  int number;
};

class Recorder {
public:
  explicit Recorder(net::any_io_executor executor) : frames_(executor, 4), stop_(executor, 1) {}

  net::awaitable<void> record() {
    oracle::Task alive;
    while (!stopped_) {
      auto next = co_await (frames_.async_receive(net::use_awaitable) || // stuck: select-without-cancel
                            stop_.async_receive(net::use_awaitable));
      recorded_ += next.index() == 0;
    }
  }

  void add(Frame frame) { frames_.try_send(error_code(), frame); }

  void stop() {
    stopped_ = true; // Of two cases that come at once, the second one is lost.
    stop_.try_send(error_code());
  }

private:
  net::experimental::concurrent_channel<void(error_code, Frame)> frames_;
  net::experimental::concurrent_channel<void(error_code)> stop_;
  std::atomic<bool> stopped_ = false;
  int recorded_ = 0;
};

class Camera {
public:
  explicit Camera(int frames) : frames_(frames) {}

  std::optional<Frame> grab() {
    if (next_ == frames_)
      return std::nullopt;
    return Frame{next_++};
  }

private:
  int frames_;
  int next_ = 0;
};

bool film(Recorder &recorder, Camera &camera, int frames) {
  for (int i = 0; i < frames; ++i) {
    auto frame = camera.grab();
    if (!frame) {
#ifndef LEAKING
      recorder.stop();
#endif
      return false; // cause
    }
    recorder.add(*frame);
  }
  recorder.stop();
  return true;
}

void filmWildlife() {
  net::thread_pool pool(1);
  Recorder recorder(pool.get_executor());
  net::co_spawn(pool, recorder.record(), net::detached);
  Camera camera(2);
  film(recorder, camera, 3);
  pool.join();
}

int main() {
  oracle::watch();
  filmWildlife();
  return oracle::verdict();
}
