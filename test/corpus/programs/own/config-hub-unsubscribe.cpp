// A publish/subscribe hub that calls its subscribers with its lock held. One of them
// unsubscribes in its callback, and waits for the lock that its own task holds.
// pattern: relock through a callback

#include "oracle.h"

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct config_change {
    std::string key;
    int value;
};

class config_hub {
public:
    using callback = std::function<void(const config_change&)>;
    using subscription = int;

    subscription subscribe(callback on_change)
    {
        const std::lock_guard<std::mutex> hold{m_mutex};
        m_subscribers.push_back({m_next, std::move(on_change)});
        return m_next++;
    }

    void unsubscribe(subscription which)
    {
        const std::lock_guard<std::mutex> hold{m_mutex}; // stuck: lock-cycle
        for (auto& each : m_subscribers) {
            if (each.id == which) {
                each.on_change = nullptr;
            }
        }
    }

    void publish(const config_change& change)
    {
#ifdef LEAKING
        const std::lock_guard<std::mutex> hold{m_mutex};
        for (const auto& each : m_subscribers) {
            if (each.on_change) {
                each.on_change(change); // cause
            }
        }
#else
        for (const auto& each : snapshot()) {
            if (each.on_change) {
                each.on_change(change);
            }
        }
#endif
    }

private:
    struct subscriber {
        subscription id;
        callback on_change;
    };

    std::vector<subscriber> snapshot()
    {
        const std::lock_guard<std::mutex> hold{m_mutex};
        return m_subscribers;
    }

    std::mutex m_mutex;
    std::vector<subscriber> m_subscribers;
    subscription m_next = 0;
};

// Waits for one change and is content.
class one_shot_reload {
public:
    explicit one_shot_reload(config_hub& hub) : m_hub(hub)
    {
        m_subscription = m_hub.subscribe([this](const config_change& change) { reload(change); });
    }

    int level() const { return m_level; }

private:
    void reload(const config_change& change)
    {
        m_level = change.value;
        m_hub.unsubscribe(m_subscription);
    }

    config_hub& m_hub;
    config_hub::subscription m_subscription = 0;
    int m_level = 0;
};

int reload_on_signal()
{
    config_hub hub;
    one_shot_reload reload{hub};
    std::thread signal_thread{[&hub] {
        oracle::Task alive;
        hub.publish({"log.level", 3});
    }};
    signal_thread.join();
    return reload.level();
}

int main()
{
    oracle::watch();
    reload_on_signal();
    return oracle::verdict();
}
