// RUN: %verify -std=c++20 %s
// Sends to a channel that has no room and no receiver any more.

#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/unbuffered_channel.hpp>

#include <chrono>

int ask(int server) noexcept;

void fastestBad() {
  boost::fibers::unbuffered_channel<int> answers;
  boost::fibers::fiber first([&] { answers.push(ask(1)); });  // expected-warning {{'answers'}}
  boost::fibers::fiber second([&] { answers.push(ask(2)); }); // expected-warning {{'answers'}}
  (void)answers.value_pop();
  first.join();
  second.join();
}

// Room for all that is ever sent.
void fastestOk() {
  boost::fibers::buffered_channel<int> answers(4);
  boost::fibers::fiber first([&] { answers.push(ask(1)); });
  boost::fibers::fiber second([&] { answers.push(ask(2)); });
  (void)answers.value_pop();
  first.join();
  second.join();
}

// Close wakes whoever still sends.
void closedOk() {
  boost::fibers::unbuffered_channel<int> answers;
  boost::fibers::fiber first([&] { answers.push(ask(1)); });
  boost::fibers::fiber second([&] { answers.push(ask(2)); });
  (void)answers.value_pop();
  answers.close();
  first.join();
  second.join();
}

void reportBad() {
  boost::fibers::buffered_channel<int> log(2);
  boost::fibers::fiber writer([&] {
    for (int line = 0; line < 3; ++line)
      log.push(line); // expected-warning {{'log'}}
  });
  (void)log.value_pop();
  writer.join();
}

void reportOk() {
  boost::fibers::buffered_channel<int> log(2);
  boost::fibers::fiber writer([&] {
    for (int line = 0; line < 3; ++line)
      log.push_wait_for(line, std::chrono::milliseconds(10));
  });
  (void)log.value_pop();
  writer.join();
}
// expected-note@* 0+ {{}}
