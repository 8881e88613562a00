// A pipeline that reads subtitles and shifts them in time. The first stage ends with the
// last line and does not close its channel: the second one goes on asking for lines.
// pattern: range over a channel never closed

#include "oracle.h"

#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/fiber.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;

struct Subtitle {
  std::chrono::milliseconds at{};
  std::string text;
};

class Pipeline {
  using Lines = boost::fibers::buffered_channel<Subtitle>;

  Lines parsed_{8};
  std::chrono::milliseconds offset_;
  std::vector<Subtitle> shifted_;

  void parse(const std::vector<std::string> &file) {
    oracle::Task alive;
    auto at = 0ms;
    for (const std::string &line : file) {
      if (!line.empty())
        parsed_.push(Subtitle{at, line});
      at += 2000ms;
    }
#ifndef LEAKING
    parsed_.close();
#endif
  }

  void shift() {
    oracle::Task alive;
    for (Subtitle &subtitle : parsed_) { // stuck: blocking-receive
      subtitle.at += offset_;
      shifted_.push_back(std::move(subtitle));
    }
  }

public:
  explicit Pipeline(std::chrono::milliseconds offset) : offset_(offset) {}

  std::vector<Subtitle> run(const std::vector<std::string> &file) {
    boost::fibers::fiber parser([&] { parse(file); });
    boost::fibers::fiber shifter([this] { shift(); });
    parser.join();
    shifter.join(); // cause
    return std::move(shifted_);
  }
};

void shift_film() {
  Pipeline pipeline(-250ms);
  pipeline.run({"Here's looking at you, kid.", "", "We'll always have Paris."});
}

int main() {
  oracle::watch();
  shift_film();
  return oracle::verdict();
}
