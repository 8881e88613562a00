// A reactor that polls its channels without limit. Its destructor sets a flag and joins,
// but poll() is asked for the channels alone, and nothing makes it return.
// pattern: select without cancel

#include "oracle.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <system_error>
#include <thread>

namespace reactor {

/// Carries one-byte events from one thread to another.
class EventChannel {
public:
  EventChannel() {
    if (::pipe(Ends) < 0)
      throw std::system_error(errno, std::generic_category());
  }
  EventChannel(const EventChannel &) = delete;
  EventChannel &operator=(const EventChannel &) = delete;
  ~EventChannel() {
    ::close(Ends[0]);
    ::close(Ends[1]);
  }

  int readEnd() const { return Ends[0]; }
  bool post(uint8_t Event) const { return ::write(Ends[1], &Event, 1) == 1; }

private:
  int Ends[2];
};

class Reactor {
public:
  Reactor() : Loop(&Reactor::run, this) {}
  ~Reactor() {
    Stopping = true;
#ifndef LEAKING
    WakeUp.post(0);
#endif
    Loop.join(); // cause
  }

  EventChannel &timers() { return Timers; }
  EventChannel &sockets() { return Sockets; }

private:
  void run() {
    oracle::Task Alive;
    while (!Stopping)
      handleOne();
  }

  void handleOne() {
#ifdef LEAKING
    pollfd Sources[] = {{Timers.readEnd(), POLLIN, 0}, {Sockets.readEnd(), POLLIN, 0}};
    if (::poll(Sources, 2, -1) < 0) // stuck: select-without-cancel
      return;
#else
    pollfd Sources[] = {
        {Timers.readEnd(), POLLIN, 0}, {Sockets.readEnd(), POLLIN, 0}, {WakeUp.readEnd(), POLLIN, 0}};
    if (::poll(Sources, 3, -1) < 0)
      return;
#endif
    for (const pollfd &Source : Sources) {
      uint8_t Event;
      if ((Source.revents & POLLIN) && ::read(Source.fd, &Event, 1) == 1)
        ++Handled;
    }
  }

  EventChannel Timers, Sockets;
#ifndef LEAKING
  EventChannel WakeUp;
#endif
  std::atomic<bool> Stopping{false};
  unsigned Handled = 0;
  std::thread Loop;
};

} // namespace reactor

void acceptOneClient() {
  auto Events = std::make_unique<reactor::Reactor>();
  Events->sockets().post(1);
  oracle::window(); // The event is handled, and no other one is to come.
}

int main() {
  oracle::watch();
  acceptOneClient();
  return oracle::verdict();
}
