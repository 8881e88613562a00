// A channel with move-only ends: it is closed when its last sender is dropped. The
// owner of the pipeline keeps the sender that it has cloned from.
// pattern: range over a channel never closed

#include "oracle.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace mpsc {

template <typename T> struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<T> queue;
    int senders = 0;
};

template <typename T> class Sender {
public:
    explicit Sender(std::shared_ptr<Shared<T>> shared) : shared(std::move(shared)) { addSender(); }
    Sender(Sender&& other) noexcept = default;
    Sender& operator=(Sender&&) = delete;

    ~Sender() {
        if (!shared) return;
        std::lock_guard guard(shared->mutex);
        if (--shared->senders == 0) shared->changed.notify_all();
    }

    Sender clone() const { return Sender(shared); }

    void send(T value) const {
        std::lock_guard guard(shared->mutex);
        shared->queue.push_back(std::move(value));
        shared->changed.notify_one();
    }

private:
    void addSender() {
        std::lock_guard guard(shared->mutex);
        ++shared->senders;
    }

    std::shared_ptr<Shared<T>> shared;
};

template <typename T> class Receiver {
public:
    explicit Receiver(std::shared_ptr<Shared<T>> shared) : shared(std::move(shared)) {}
    Receiver(Receiver&&) noexcept = default;

    std::optional<T> recv() {
        std::unique_lock guard(shared->mutex);
        while (shared->queue.empty() && shared->senders > 0)
            shared->changed.wait(guard); // stuck: unwoken-wait
        if (shared->queue.empty()) return std::nullopt;
        T value = std::move(shared->queue.front());
        shared->queue.pop_front();
        return value;
    }

private:
    std::shared_ptr<Shared<T>> shared;
};

template <typename T> std::pair<Sender<T>, Receiver<T>> channel() {
    auto shared = std::make_shared<Shared<T>>();
    return {Sender<T>(shared), Receiver<T>(shared)};
}

} // namespace mpsc

struct Line { int number; };

int countLines() {
    auto [sender, receiver] = mpsc::channel<Line>();
    int count = 0;
    std::thread reader([lines = sender.clone()] {
        oracle::Task alive;
        for (int number = 1; number <= 2; ++number) lines.send({number});
    });
    std::thread parser([&count, lines = std::move(receiver)]() mutable {
        oracle::Task alive;
        while (auto line = lines.recv()) ++count;
    });
#ifndef LEAKING
    { auto dropped = std::move(sender); }
#endif
    reader.join();
    parser.join(); // cause
    return count;
}

int main() {
    oracle::watch();
    countLines();
    return oracle::verdict();
}
