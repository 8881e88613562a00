// A telemetry sink with a jthread and a queue that can be popped with or without a stop
// token. The thread has its token at hand and pops without it.
// pattern: token in scope and not passed

#include "oracle.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

template <class Sample> class sample_queue {
public:
    void push(Sample sample)
    {
        {
            std::lock_guard lock{mutex_};
            samples_.push_back(std::move(sample));
        }
        pushed_.notify_one();
    }

    Sample pop()
    {
        std::unique_lock lock{mutex_};
        pushed_.wait(lock, [this] { return !samples_.empty(); }); // stuck: ignored-cancel, unwoken-wait
        return take_front();
    }

    std::optional<Sample> pop(std::stop_token stop)
    {
        std::unique_lock lock{mutex_};
        if (!pushed_.wait(lock, stop, [this] { return !samples_.empty(); })) {
            return std::nullopt;
        }
        return take_front();
    }

private:
    Sample take_front()
    {
        Sample sample = std::move(samples_.front());
        samples_.pop_front();
        return sample;
    }

    std::mutex mutex_;
    std::condition_variable_any pushed_;
    std::deque<Sample> samples_;
};

struct reading {
    int sensor;
    double celsius;
};

class telemetry_sink {
public:
    telemetry_sink() : worker_{[this](std::stop_token stop) { drain(stop); }} {}

    void record(reading sample) { samples_.push(sample); }

private:
    void drain(std::stop_token stop)
    {
        oracle::Task alive;
        while (!stop.stop_requested()) {
#ifdef LEAKING
            reading sample = samples_.pop(); // cause
            warmest_ = sample.celsius > warmest_ ? sample.celsius : warmest_;
#else
            if (auto sample = samples_.pop(stop)) {
                warmest_ = sample->celsius > warmest_ ? sample->celsius : warmest_;
            }
#endif
        }
    }

    sample_queue<reading> samples_;
    double warmest_ = -273.15;
    std::jthread worker_;
};

void fly()
{
    telemetry_sink sink;
    sink.record({1, 21.5});
    sink.record({2, 22.0});
    oracle::window(); // Both samples have been seen.
}

int main()
{
    oracle::watch();
    fly();
    return oracle::verdict();
}
