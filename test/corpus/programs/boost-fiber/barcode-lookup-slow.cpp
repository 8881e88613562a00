// Scanned barcodes pass through a small channel to a fiber that looks each of them up. The
// product service has dropped one lookup, and the scanner waits for room in the channel.
// pattern: consumer stuck in a slow call

#include "oracle.h"

#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future.hpp>

#include <chrono>
#include <cstdint>
#include <list>
#include <string>
#include <utility>

namespace shop {

using Barcode = std::uint64_t;
using ProductName = std::string;

class ProductService {
public:
  boost::fibers::future<ProductName> lookup(Barcode code) {
    boost::fibers::promise<ProductName> answer;
    auto name = answer.get_future();
    if (code % 2 == 0)
      answer.set_value("tea");
    else
      unanswered_.push_back(std::move(answer)); // The line is down.
    return name;
  }

private:
  std::list<boost::fibers::promise<ProductName>> unanswered_;
};

void fill_basket(boost::fibers::buffered_channel<Barcode> &scanned, ProductService &service) {
  oracle::Task alive;
  std::list<ProductName> basket;
  for (Barcode code : scanned) {
    auto name = service.lookup(code);
#ifndef LEAKING
    if (name.wait_for(std::chrono::milliseconds(20)) == boost::fibers::future_status::timeout)
      continue;
#endif
    basket.push_back(name.get()); // stuck: unwoken-wait
  }
}

void scan(boost::fibers::buffered_channel<Barcode> &scanned) {
  for (Barcode code = 4711; code < 4717; ++code)
    scanned.push(code); // stuck: blocking-send
  scanned.close(); // cause
}

} // namespace shop

void check_out() {
  shop::ProductService service;
  boost::fibers::buffered_channel<shop::Barcode> scanned{2};
  boost::fibers::fiber till(shop::fill_basket, std::ref(scanned), std::ref(service));
  shop::scan(scanned);
  till.join();
}

int main() {
  oracle::watch();
  check_out();
  return oracle::verdict();
}
