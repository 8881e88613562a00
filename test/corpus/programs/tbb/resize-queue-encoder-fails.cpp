// Pictures are resized by tasks and pushed into a bounded queue for the encoder. The
// encoder ends when the disk is full, and the tasks wait for room in the queue.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/task_group.h>

#include <stdexcept>
#include <thread>

namespace gallery {

struct Picture {
  int number = 0;
  int width = 0;
};

class Disk {
public:
  explicit Disk(int room) : room_(room) {}

  void write(const Picture &picture) {
    if (room_ < picture.width)
      throw std::runtime_error("disk full");
    room_ -= picture.width;
  }

private:
  int room_;
};

class Encoder {
public:
  explicit Encoder(int room) : disk_(room) { queue_.set_capacity(1); }

  void submit(Picture picture) {
    try {
      queue_.push(picture); // stuck: blocking-send
    } catch (const tbb::user_abort &) {
    }
  }

  void run(int expected) {
    oracle::Task alive;
    try {
      for (int i = 0; i < expected; ++i) {
        Picture picture;
        queue_.pop(picture);
        disk_.write(picture);
      }
    } catch (const std::runtime_error &) { // cause
#ifndef LEAKING
      // abort() ends only the pushes of this moment; later ones have room.
      queue_.set_capacity(expected);
      queue_.abort();
#endif
    }
  }

private:
  tbb::concurrent_bounded_queue<Picture> queue_;
  Disk disk_;
};

} // namespace gallery

void resizeAlbum() {
  gallery::Encoder encoder(100);
  std::thread encoding([&] { encoder.run(4); });
  tbb::task_group resizing;
  for (int number = 0; number < 4; ++number)
    resizing.run([&encoder, number] {
      oracle::Task alive;
      encoder.submit({number, 80});
    });
  resizing.wait();
  encoding.join();
}

int main() {
  oracle::watch();
  resizeAlbum();
  return oracle::verdict();
}
