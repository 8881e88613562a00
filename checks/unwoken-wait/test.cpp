// RUN: %verify -std=c++20 %s
// Waits for a condition, an event or a semaphore that no path wakes.

#include <condition_variable>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

bool compute() noexcept;

void noNotifyBad() {
  std::mutex m;
  std::condition_variable wake;
  bool stop = false;
  std::thread worker([&] {
    std::unique_lock lock(m);
    wake.wait(lock, [&] { return stop; }); // expected-warning {{'wake'}}
  });
  {
    std::lock_guard lock(m);
    stop = true;
  }
  worker.join();
}

void noNotifyOk() {
  std::mutex m;
  std::condition_variable wake;
  bool stop = false;
  std::thread worker([&] {
    std::unique_lock lock(m);
    wake.wait(lock, [&] { return stop; });
  });
  {
    std::lock_guard lock(m);
    stop = true;
  }
  wake.notify_one();
  worker.join();
}

void twoWaitersBad() {
  std::mutex m;
  std::condition_variable wake;
  bool stop = false;
  auto work = [&] {
    std::unique_lock lock(m);
    wake.wait(lock, [&] { return stop; }); // expected-warning {{'wake'}}
  };
  std::thread a(work), b(work);
  {
    std::lock_guard lock(m);
    stop = true;
  }
  wake.notify_one();
  a.join();
  b.join();
}

void twoWaitersOk() {
  std::mutex m;
  std::condition_variable wake;
  bool stop = false;
  auto work = [&] {
    std::unique_lock lock(m);
    wake.wait(lock, [&] { return stop; });
  };
  std::thread a(work), b(work);
  {
    std::lock_guard lock(m);
    stop = true;
  }
  wake.notify_all();
  a.join();
  b.join();
}

void promiseBad() {
  std::promise<int> answer;
  std::thread t([&] {
    if (compute())
      answer.set_value(1);
  });
  answer.get_future().wait(); // expected-warning {{'answer'}}
  t.join();
}

void promiseOk() {
  std::promise<int> answer;
  std::thread t([&] { answer.set_value(compute()); });
  answer.get_future().wait();
  t.join();
}

void slotsBad() {
  std::counting_semaphore<2> slots(1);
  auto work = [&] {
    slots.acquire(); // expected-warning {{'slots'}}
    if (compute())
      slots.release();
  };
  std::thread a(work), b(work);
  a.join();
  b.join();
}

void slotsOk() {
  std::counting_semaphore<2> slots(1);
  auto work = [&] {
    slots.acquire();
    (void)compute();
    slots.release();
  };
  std::thread a(work), b(work);
  a.join();
  b.join();
}
// expected-note@* 0+ {{}}
