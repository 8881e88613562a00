// A dashboard that waits for the first value of each topic it shows. One topic belongs to a
// sensor that this machine does not have: nobody will ever publish it.
// pattern: receive that nobody feeds

#include "oracle.h"

#include <array>
#include <bitset>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

enum class Topic : std::size_t { CpuLoad, FanSpeed, GpuLoad };

class Blackboard {
public:
    void announce(Topic topic)
    {
        std::lock_guard<std::mutex> guard(mutex);
        announced.set(index(topic));
    }

    void publish(Topic topic, int value)
    {
        {
            std::lock_guard<std::mutex> guard(mutex);
            values[index(topic)] = value;
            known.set(index(topic));
        }
        published.notify_all();
    }

    bool has(Topic topic) const
    {
        std::lock_guard<std::mutex> guard(mutex);
        return announced.test(index(topic));
    }

    int first(Topic topic) const
    {
        std::unique_lock<std::mutex> guard(mutex);
        published.wait(guard, [&] { return known.test(index(topic)); }); // stuck: unwoken-wait
        return values[index(topic)];
    }

private:
    static std::size_t index(Topic topic) { return static_cast<std::size_t>(topic); }

    mutable std::mutex mutex;
    mutable std::condition_variable published;
    std::bitset<3> announced;
    std::bitset<3> known;
    std::array<int, 3> values{};
};

class Sensor {
public:
    Sensor(Blackboard &board, Topic topic, std::function<int()> read)
        : board(board), topic(topic), read(std::move(read))
    {
        board.announce(topic);
    }

    void poll() { board.publish(topic, read()); }

private:
    Blackboard &board;
    const Topic topic;
    const std::function<int()> read;
};

class Gauge {
public:
    Gauge(const Blackboard &board, Topic topic) : board(board), topic(topic) {}

    int show() const
    {
#ifndef LEAKING
        if (!board.has(topic))
            return 0;
#endif
        return board.first(topic);
    }

private:
    const Blackboard &board;
    const Topic topic;
};

int showDashboard()
{
    Blackboard board;
    Sensor cpu(board, Topic::CpuLoad, [] { return 12; });
    Sensor fan(board, Topic::FanSpeed, [] { return 2400; });

    int sum = 0;
    std::thread dashboard([&] {
        oracle::Task alive;
        for (Topic topic : {Topic::CpuLoad, Topic::GpuLoad}) // cause
            sum += Gauge(board, topic).show();
    });
    cpu.poll();
    fan.poll();
    dashboard.join();
    return sum;
}

int main()
{
    oracle::watch();
    showDashboard();
    return oracle::verdict();
}
