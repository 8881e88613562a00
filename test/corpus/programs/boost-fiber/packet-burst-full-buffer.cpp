// Queues a burst of packets before the fiber that sends them is started. The channel was
// made with four slots and holds three packets, for one slot stays empty.
// pattern: send without receiver

#include "oracle.h"

#include <boost/fiber/all.hpp>

#include <array>
#include <cstdint>

namespace net {

struct Packet {
  std::uint16_t sequence = 0;
  std::array<std::uint8_t, 32> payload{};
};

class Link {
public:
  void transmit(const Packet &packet) { last_ = packet.sequence; }
  std::uint16_t last() const { return last_; }

private:
  std::uint16_t last_ = 0;
};

constexpr std::uint16_t kBurst = 4;
#ifdef LEAKING
constexpr std::size_t kSlots = 4; // cause
#else
constexpr std::size_t kSlots = 8;
#endif

std::uint16_t send_burst(Link &link) {
  boost::fibers::buffered_channel<Packet> outgoing(kSlots);
  Packet packet;
  for (; packet.sequence < kBurst; ++packet.sequence)
    outgoing.push(packet); // stuck: blocking-send
  outgoing.close();

  boost::fibers::fiber sender([&] {
    oracle::Task alive;
    for (Packet next; outgoing.pop(next) == boost::fibers::channel_op_status::success;)
      link.transmit(next);
  });
  sender.join();
  return link.last();
}

} // namespace net

void greet() {
  net::Link link;
  oracle::Task alive;
  net::send_burst(link);
}

int main() {
  oracle::watch();
  greet();
  return oracle::verdict();
}
