// A token bucket behind a pimpl. close() sets its flag and wakes all who wait for a
// token, but what they test is the tokens alone.
// pattern: predicate without the stop flag

#include "oracle.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

// rate_limiter.h

namespace traffic {

class RateLimiter {
public:
    explicit RateLimiter(unsigned burst);
    ~RateLimiter();

    /// @returns false if the limiter has been closed.
    bool acquire();
    void refill(unsigned tokens);
    void close();

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace traffic

// rate_limiter.cpp

namespace traffic {

struct RateLimiter::State {
    std::mutex mutex;
    std::condition_variable refilled;
    unsigned tokens = 0;
    bool closed = false;
};

RateLimiter::RateLimiter(unsigned burst) : d(new State)
{
    d->tokens = burst;
}

RateLimiter::~RateLimiter() = default;

bool RateLimiter::acquire()
{
    std::unique_lock<std::mutex> lock(d->mutex);
#ifdef LEAKING
    d->refilled.wait(lock, [this] { return d->tokens > 0; }); // stuck: unwoken-wait
#else
    d->refilled.wait(lock, [this] { return d->tokens > 0 || d->closed; });
#endif
    if (d->closed)
        return false;
    --d->tokens;
    return true;
}

void RateLimiter::refill(unsigned tokens)
{
    std::lock_guard<std::mutex> lock(d->mutex);
    d->tokens += tokens;
    d->refilled.notify_all();
}

void RateLimiter::close()
{
    std::lock_guard<std::mutex> lock(d->mutex);
    d->closed = true;
    d->refilled.notify_all();
}

} // namespace traffic

void crawl(traffic::RateLimiter& limiter)
{
    oracle::Task alive;
    while (limiter.acquire())
        std::this_thread::yield(); // Fetches a page.
}

int main()
{
    oracle::watch();
    [] {
        traffic::RateLimiter limiter(2);
        std::vector<std::thread> crawlers;
        for (int i = 0; i < 2; ++i)
            crawlers.emplace_back(crawl, std::ref(limiter));
        limiter.refill(1);
        oracle::window(); // The crawlers have used up their tokens.
        limiter.close();
        for (std::thread& crawler : crawlers)
            crawler.join();
    }();
    return oracle::verdict();
}
