// Invoices pass through a flow graph; each file that is read from outside reserves a wait
// of the graph. An invoice that cannot be parsed throws past the release.
// pattern: done missed on a throw

#include "oracle.h"

#include <oneapi/tbb/flow_graph.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace billing {

struct Invoice {
  int cents = 0;
};

Invoice parse(const std::string &text) {
  if (text.find("EUR") == std::string::npos)
    throw std::invalid_argument("no currency: " + text);
  return {static_cast<int>(text.size()) * 100};
}

class Books {
  tbb::flow::graph graph_;
  std::atomic<int> total_ = 0;
  tbb::flow::function_node<Invoice> adder_{
      graph_, 1, [this](const Invoice &invoice) { total_ += invoice.cents; }};
  std::vector<std::thread> readers_;

public:
  void read(std::string text) {
    graph_.reserve_wait();
    readers_.emplace_back([this, text = std::move(text)] {
      oracle::Task alive;
      try {
        adder_.try_put(parse(text));
#ifdef LEAKING
        graph_.release_wait(); // cause
#endif
      } catch (const std::invalid_argument &) {
        ++rejected_;
      }
#ifndef LEAKING
      graph_.release_wait();
#endif
    });
  }

  int close() {
    graph_.wait_for_all(); // stuck: unfinished-wait-group
    for (auto &reader : readers_)
      reader.join();
    return total_;
  }

private:
  std::atomic<int> rejected_ = 0;
};

} // namespace billing

int closeMonth() {
  billing::Books books;
  books.read("12 EUR");
  books.read("forty two");
  return books.close();
}

int main() {
  oracle::watch();
  closeMonth();
  return oracle::verdict();
}
