// RUN: %verify -std=c++20 %s
// Counts that are waited for and not completed on every path.

#include <barrier>
#include <latch>
#include <thread>

bool load(int part) noexcept;
void parse(int part);

void earlyReturnBad() {
  std::latch done(1);
  std::thread t([&] {
    if (!load(1))
      return;
    done.count_down();
  });
  done.wait(); // expected-warning {{'done'}}
  t.join();
}

void earlyReturnOk() {
  std::latch done(1);
  std::thread t([&] {
    (void)load(1);
    done.count_down();
  });
  done.wait();
  t.join();
}

// The exception is caught, the count is not.
void exceptionBad() {
  std::latch done(1);
  std::thread t([&] {
    try {
      parse(1);
      done.count_down();
    } catch (...) {
    }
  });
  done.wait(); // expected-warning {{'done'}}
  t.join();
}

struct CountDown {
  std::latch &counter;
  ~CountDown() { counter.count_down(); }
};

void exceptionOk() {
  std::latch done(1);
  std::thread t([&] {
    CountDown atEnd{done};
    try {
      parse(1);
    } catch (...) {
    }
  });
  done.wait();
  t.join();
}

void tooManyBad() {
  std::latch done(3);
  std::thread a([&] { done.count_down(); });
  std::thread b([&] { done.count_down(); });
  done.wait(); // expected-warning {{'done'}}
  a.join();
  b.join();
}

void tooManyOk() {
  std::latch done(2);
  std::thread a([&] { done.count_down(); });
  std::thread b([&] { done.count_down(); });
  done.wait();
  a.join();
  b.join();
}

void participantsBad() {
  std::barrier phase(2);
  std::thread t([&] { phase.arrive_and_wait(); }); // expected-warning {{'phase'}}
  t.join();
}

void participantsOk() {
  std::barrier phase(2);
  std::thread t([&] { phase.arrive_and_wait(); });
  phase.arrive_and_wait();
  t.join();
}
// expected-note@* 0+ {{}}
