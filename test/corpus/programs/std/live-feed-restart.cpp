// A live feed that can be switched to another channel. Switching makes a new stop source
// for the new reader and forgets the old one, whose reader nobody can stop any more.
// pattern: cancel handle overwritten

#include "oracle.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace live {

struct Headline {
  std::string channel;
  std::string text;
};

class Feed {
public:
  ~Feed() {
    m_stop.request_stop();
    for (auto &reader : m_readers)
      reader.join();
  }

  void switchTo(std::string channel) {
#ifndef LEAKING
    m_stop.request_stop();
#endif
    m_stop = std::stop_source(); // cause
    m_readers.emplace_back(&Feed::read, this, std::move(channel), m_stop.get_token());
  }

  void publish(Headline headline) {
    {
      std::lock_guard guard(m_mutex);
      m_incoming.push_back(std::move(headline));
    }
    m_arrived.notify_all();
  }

private:
  void read(std::string channel, std::stop_token stop) {
    oracle::Task alive;
    std::unique_lock guard(m_mutex);
    for (;;) {
      m_arrived.wait(guard, stop, [this] { return !m_incoming.empty(); }); // stuck: lost-cancel
      if (stop.stop_requested())
        return;
      if (m_incoming.front().channel == channel)
        ++m_shown;
      m_incoming.pop_front();
    }
  }

  std::mutex m_mutex;
  std::condition_variable_any m_arrived;
  std::deque<Headline> m_incoming;
  int m_shown = 0;
  std::stop_source m_stop;
  std::vector<std::thread> m_readers;
};

} // namespace live

void watchNews() {
  live::Feed feed;
  feed.switchTo("sports");
  feed.publish({"sports", "draw in the last minute"});
  feed.switchTo("weather");
  feed.publish({"weather", "rain"});
}

int main() {
  oracle::watch();
  watchNews();
  return oracle::verdict();
}
