// The standard library's rows for what only carries values, and its types,
// against its real headers.

#include "Resolved.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

TEST(StdValues, Atomics) {
  expectStd(R"cc(
#include <atomic>
std::atomic<int> A;
std::atomic<bool> B;
std::atomic_flag F;
void use(int Old) {
  (void)A.load(); // atomic-load
  (void)B.load(); // atomic-load
  if (B) {} // atomic-load
  int I = A; // atomic-load
  A.store(1); // atomic-store value=0
  B = true; // atomic-store value=0
  A = 2; // atomic-store value=0
  (void)A.exchange(3); // atomic-exchange value=0
  A.fetch_add(1); // atomic-add value=0 count=p0
  A.fetch_sub(1); // atomic-sub value=0 count=p0
  ++A; // atomic-add count=1 yields=value
  A++; // atomic-add count=1
  --A; // atomic-sub count=1 yields=value
  A--; // atomic-sub count=1
  A += 2; // atomic-add value=0 count=p0 yields=value
  A.fetch_or(4); // atomic-or value=0 count=p0
  A &= ~4; // atomic-and value=0 count=p0 yields=value
  A.compare_exchange_strong(Old, 1); // atomic-compare-exchange value=1 into=0
  A.wait(0); // atomic-wait value=0
  A.notify_one(); // atomic-notify
  A.notify_all(); // atomic-notify flags=all
  (void)F.test_and_set(); // atomic-exchange count=1
  F.clear(); // atomic-store count=0
  (void)F.test(); // atomic-load
  F.wait(false); // atomic-wait value=0
}
)cc");
}

TEST(StdValues, Pointers) {
  expectStd(R"cc(
#include <functional>
#include <memory>
struct Node : std::enable_shared_from_this<Node> {
  int V;
  auto self() {
    return shared_from_this(); // same
  }
};
void use(std::unique_ptr<Node> U, std::shared_ptr<Node> S, std::weak_ptr<Node> W, Node &N) {
  U->V = 1; // same
  (*S).V = 1; // same
  (void)S->V; // same
  (void)U.get(); // same
  (void)S.get(); // same
  if (S) {} // is-set
  if (U) {} // is-set
  U.reset(); // pointer-reset
  U.reset(new Node); // pointer-reset value=0
  S.reset(); // pointer-reset
  S.reset(new Node); // pointer-reset value=0
  (void)U.release(); // pointer-release
  (void)W.lock(); // same
  auto M = std::make_unique<Node>(); // make-owner value=0
  auto T = std::make_shared<Node>(); // make-owner value=0
  std::shared_ptr<int> Field(S, &S->V); // same value=1; same
  auto R = std::ref(N); // same value=0
  R.get().V = 1; // same
  std::swap(S, T); // swap object=0 value=1
}
)cc");
}

TEST(StdValues, Callables) {
  expectStd(R"cc(
#include <functional>
void work(int);
void use(std::function<void()> F) {
  F(); // invoke
  if (F) {} // is-set
  auto B = std::bind(work, 1); // bind callable=0
  std::invoke(work, 1); // invoke callable=0
}
)cc");
}

TEST(StdValues, Containers) {
  expectStd(R"cc(
#include <deque>
#include <queue>
#include <stack>
#include <thread>
#include <vector>
struct Element { Element(int); };
void use(std::vector<std::thread> &Threads, std::deque<int> D, std::queue<int> Q, std::stack<int> S) {
  Threads.emplace_back([] {}); // append value=0
  Threads.push_back(std::thread()); // append value=0
  Threads.emplace_back(); // append value=0
  (void)Threads[0]; // at value=0
  (void)Threads.at(0); // at value=0
  (void)Threads.size(); // size
  Threads.clear(); // clear
  D.push_front(1); // prepend value=0
  D.pop_back(); // take-last
  D.pop_front(); // take-first
  (void)D.front(); // first
  Q.push(1); // append value=0
  Q.pop(); // take-first
  (void)Q.front(); // first
  (void)Q.empty(); // empty
  S.pop(); // take-last
  (void)S.top(); // last
}
)cc");
}

TEST(StdValues, Types) {
  expectStd(R"cc(
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <semaphore>
#include <shared_mutex>
#include <thread>
using Worker = std::thread;
struct Derived : std::deque<int> {};
struct Extended : std::deque<int> { int More; };
extern const Worker &A; // type std::thread handle task
extern std::condition_variable_any B; // type std::condition_variable_any object condition
extern std::shared_mutex C; // type std::shared_mutex object lock shared
extern std::recursive_mutex D; // type std::recursive_mutex object lock recursive
extern std::binary_semaphore E; // type std::counting_semaphore object counter
extern std::future<int> F; // type std::future handle event
extern std::unique_ptr<int> G; // type std::unique_ptr pointer
extern std::atomic<bool> H; // type std::atomic atomic
extern std::atomic_bool I; // type std::atomic atomic
extern std::function<void()> J; // type std::function callable
extern Derived K; // type std::deque sequence
extern Extended L; // no type
extern std::thread *M; // no type
extern std::unique_lock<std::mutex> N; // type std::unique_lock guard
)cc");
}

} // namespace
