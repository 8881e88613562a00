// Three workers resize images from one queue. At the end the queue gets a single
// poison pill; the worker that swallows it stops, the other two go on waiting.
// pattern: receive that nobody feeds

#include "oracle.h"

#include <concurrentqueue/blockingconcurrentqueue.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr int Workers = 3;

struct Image {
  int id;
  int width, height;
};

// An image without an id tells a worker to go home.
constexpr Image Pill{-1, 0, 0};

using ImageQueue = moodycamel::BlockingConcurrentQueue<Image>;

void scale(Image &image, int toWidth) noexcept {
  image.height = image.height * toWidth / image.width;
  image.width = toWidth;
}

void resize(ImageQueue &todo, std::atomic<int> &done) {
  oracle::Task alive;
  for (;;) {
    Image image;
    todo.wait_dequeue(image); // stuck: blocking-receive
    if (image.id < 0) {
#ifndef LEAKING
      todo.enqueue(Pill); // For the next one.
#endif
      return; // cause
    }
    scale(image, 320);
    ++done;
  }
}

int resizeAll(const std::vector<Image> &images) {
  ImageQueue todo;
  std::atomic<int> done{0};
  std::vector<std::thread> crew;
  for (int i = 0; i < Workers; ++i)
    crew.emplace_back(resize, std::ref(todo), std::ref(done));
  for (const Image &image : images)
    todo.enqueue(image);
  todo.enqueue(Pill);
  for (std::thread &worker : crew)
    worker.join();
  return done;
}

} // namespace

int main() {
  oracle::watch();
  resizeAll({{1, 4000, 3000}, {2, 1920, 1080}, {3, 640, 480}, {4, 800, 600}});
  return oracle::verdict();
}
