// A photo viewer waits a short time for a preview and shows a placeholder if it is late.
// The renderer lends its buffer out and waits until it has been drawn, which nobody does.
// pattern: timeout before the receive

#include "oracle.h"

#include <chrono>
#include <future>
#include <memory>
#include <thread>

using namespace std::chrono_literals;

struct Image {
  int width = 0;
  int height = 0;
};

/// One preview: the renderer's way to the viewer and back.
struct Preview {
  std::promise<Image> rendered;
  std::promise<void> drawn;
};

class Renderer {
public:
  ~Renderer() {
    if (thread_.joinable())
      thread_.join();
  }

  void begin(std::shared_ptr<Preview> preview) {
    thread_ = std::thread([this, preview = std::move(preview)] {
      oracle::Task alive;
      auto drawn = preview->drawn.get_future();
      preview->rendered.set_value(decode());
      drawn.wait(); // stuck: unwoken-wait
      reuseBuffer();
    });
  }

private:
  Image decode() {
    std::this_thread::sleep_for(300ms); // A large photo.
    return {640, 480};
  }
  void reuseBuffer() noexcept { ++reused_; }

  int reused_ = 0;
  std::thread thread_;
};

class Viewer {
public:
  void show(Renderer &renderer) {
    auto preview = std::make_shared<Preview>();
    auto image = preview->rendered.get_future();
    renderer.begin(preview);
    if (image.wait_for(5ms) != std::future_status::ready) {
      draw(Image{});
#ifndef LEAKING
      preview->drawn.set_value();
#endif
      return; // cause
    }
    draw(image.get());
    preview->drawn.set_value();
  }

private:
  void draw(const Image &image) noexcept { drawn_ += 1 + image.width; }

  int drawn_ = 0;
};

void openAlbum() {
  Renderer renderer;
  Viewer viewer;
  viewer.show(renderer);
}

int main() {
  oracle::watch();
  openAlbum();
  return oracle::verdict();
}
