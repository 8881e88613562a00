// Asks three airlines for an offer and takes the first one that comes. Two offers are
// pushed into a channel that nobody reads any more.
// pattern: n senders and one receive

#include "oracle.h"

#include <boost/fiber/fiber.hpp>
#include <boost/fiber/operations.hpp>
#include <boost/fiber/unbuffered_channel.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace travel {

struct Offer {
  std::string airline;
  unsigned cents = 0;
};

class Airline {
public:
  Airline(std::string name, unsigned cents) : name_(std::move(name)), cents_(cents) {}

  Offer quote(unsigned passengers) const {
    boost::this_fiber::sleep_for(std::chrono::milliseconds(1));
    return {name_, cents_ * passengers};
  }

private:
  std::string name_;
  unsigned cents_;
};

class Agency {
public:
  Offer first_offer(const std::vector<Airline> &airlines, unsigned passengers) {
    boost::fibers::unbuffered_channel<Offer> offers;
    std::vector<boost::fibers::fiber> requests;
    for (const Airline &airline : airlines)
      requests.emplace_back([&offers, &airline, passengers] {
        oracle::Task alive;
        offers.push(airline.quote(passengers)); // stuck: blocking-send
      });
    Offer first;
    offers.pop(first); // cause
#ifndef LEAKING
    offers.close();
#endif
    for (auto &request : requests)
      request.join();
    return first;
  }
};

} // namespace travel

void book_holiday() {
  travel::Agency agency;
  agency.first_offer({{"Nordair", 12900}, {"Aeropuma", 9900}, {"Skyline", 14500}}, 2);
}

int main() {
  oracle::watch();
  book_holiday();
  return oracle::verdict();
}
