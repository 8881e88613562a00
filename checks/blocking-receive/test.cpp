// RUN: %verify -std=c++20 %s
// Receives from a channel that nobody sends to any more and nobody closes.

#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/unbuffered_channel.hpp>

#include <memory>

bool load(int job) noexcept;
int fetch();

void rangeBad() {
  boost::fibers::buffered_channel<int> jobs(8);
  boost::fibers::fiber worker([&] {
    for (int job : jobs) // expected-warning {{'jobs'}}
      load(job);
  });
  jobs.push(1);
  jobs.push(2);
  worker.join();
}

void rangeOk() {
  boost::fibers::buffered_channel<int> jobs(8);
  boost::fibers::fiber worker([&] {
    for (int job : jobs)
      load(job);
  });
  jobs.push(1);
  jobs.push(2);
  jobs.close();
  worker.join();
}

// The channel's own end closes it, but it comes after the join.
struct Pipeline {
  boost::fibers::buffered_channel<int> lines{16};
  boost::fibers::fiber printer{[this] {
    int line = 0;
    while (lines.pop(line) == boost::fibers::channel_op_status::success) // expected-warning {{'lines'}}
      load(line);
  }};

  ~Pipeline() { printer.join(); }
};

void destructorBad() {
  Pipeline pipeline;
  pipeline.lines.push(1);
}

struct ClosedPipeline {
  boost::fibers::buffered_channel<int> lines{16};
  boost::fibers::fiber printer{[this] {
    int line = 0;
    while (lines.pop(line) == boost::fibers::channel_op_status::success)
      load(line);
  }};

  ~ClosedPipeline() {
    lines.close();
    printer.join();
  }
};

void destructorOk() {
  ClosedPipeline pipeline;
  pipeline.lines.push(1);
}

// The error path sends nothing.
void answerBad() {
  boost::fibers::unbuffered_channel<int> answer;
  boost::fibers::fiber asking([&] {
    if (load(1))
      answer.push(42);
  });
  (void)answer.value_pop(); // expected-warning {{'answer'}}
  asking.join();
}

void answerOk() {
  boost::fibers::unbuffered_channel<int> answer;
  boost::fibers::fiber asking([&] {
    answer.push(load(1) ? 42 : -1);
  });
  (void)answer.value_pop();
  asking.join();
}

void answerOrCloseOk() {
  boost::fibers::unbuffered_channel<int> answer;
  boost::fibers::fiber asking([&] {
    if (load(1))
      answer.push(42);
    answer.close();
  });
  int got = 0;
  (void)answer.pop(got);
  asking.join();
}

// An exception that the sender swallows.
void swallowedBad() {
  boost::fibers::unbuffered_channel<int> page;
  boost::fibers::fiber fetching([&] {
    try {
      page.push(fetch());
    } catch (...) {
    }
  });
  (void)page.value_pop(); // expected-warning {{'page'}}
  fetching.join();
}

void swallowedOk() {
  boost::fibers::unbuffered_channel<int> page;
  boost::fibers::fiber fetching([&] {
    try {
      page.push(fetch());
    } catch (...) {
      page.close();
    }
  });
  int got = 0;
  (void)page.pop(got);
  fetching.join();
}

// The consumer has its own share of the channel, so nothing ever closes it.
void ownShareBad() {
  auto events = std::make_shared<boost::fibers::buffered_channel<int>>(8);
  boost::fibers::fiber([events] {
    for (int event : *events) // expected-warning {{'events'}}
      load(event);
  }).detach();
  events->push(1);
}

void ownShareOk() {
  auto events = std::make_shared<boost::fibers::buffered_channel<int>>(8);
  boost::fibers::fiber([events] {
    for (int event : *events)
      load(event);
  }).detach();
  events->push(1);
  events->close();
}

// One close for two consumers is enough; one pill is not.
void onePillBad() {
  boost::fibers::buffered_channel<int> jobs(8);
  auto work = [&] {
    while (jobs.value_pop() >= 0) { // expected-warning {{'jobs'}}
    }
  };
  boost::fibers::fiber first(work), second(work);
  jobs.push(1);
  jobs.push(-1);
  first.join();
  second.join();
}

void pillForEachOk() {
  boost::fibers::buffered_channel<int> jobs(8);
  auto work = [&] {
    while (jobs.value_pop() >= 0) {
    }
  };
  boost::fibers::fiber first(work), second(work);
  jobs.push(1);
  jobs.push(-1);
  jobs.push(-1);
  first.join();
  second.join();
}

void oneCloseOk() {
  boost::fibers::buffered_channel<int> jobs(8);
  auto work = [&] {
    for (int job : jobs)
      load(job);
  };
  boost::fibers::fiber first(work), second(work);
  jobs.push(1);
  jobs.close();
  first.join();
  second.join();
}
// expected-note@* 0+ {{}}
