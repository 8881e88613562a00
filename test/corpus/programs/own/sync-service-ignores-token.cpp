// A mail synchroniser with cancellation tokens of its own, in the manner of .NET. The task
// is given a token that wakes whoever registers, and waits for mail without registering.
// pattern: token ignored by the task

#include "oracle.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace Contoso {

class CancellationToken {
public:
    bool IsCancellationRequested() const {
        std::lock_guard<std::mutex> lock(state->mutex);
        return state->isCancelled;
    }

    /// Calls back when cancelled; at once if that has happened already.
    void Register(std::function<void()> callback) const {
        {
            std::lock_guard<std::mutex> lock(state->mutex);
            if (!state->isCancelled) {
                state->callbacks.push_back(std::move(callback));
                return;
            }
        }
        callback();
    }

private:
    friend class CancellationTokenSource;

    struct State {
        std::mutex mutex;
        bool isCancelled = false;
        std::vector<std::function<void()>> callbacks;
    };

    explicit CancellationToken(std::shared_ptr<State> state) : state(std::move(state)) {}

    std::shared_ptr<State> state;
};

class CancellationTokenSource {
public:
    CancellationToken Token() const { return CancellationToken(state); }

    void Cancel() {
        std::vector<std::function<void()>> callbacks;
        {
            std::lock_guard<std::mutex> lock(state->mutex);
            state->isCancelled = true;
            callbacks.swap(state->callbacks);
        }
        for (auto& callback : callbacks)
            callback();
    }

private:
    std::shared_ptr<CancellationToken::State> state = std::make_shared<CancellationToken::State>();
};

class MailSync {
public:
    MailSync() : thread([this, token = source.Token()] { Run(token); }) {}

    ~MailSync() {
        source.Cancel();
        thread.join();
    }

    void OnMailArrived() {
        std::lock_guard<std::mutex> lock(mutex);
        ++arrived;
        changed.notify_all();
    }

private:
    void Run(CancellationToken token) {
        oracle::Task alive;
#ifndef LEAKING
        token.Register([this] {
            std::lock_guard<std::mutex> lock(mutex);
            changed.notify_all();
        });
#endif
        std::unique_lock<std::mutex> lock(mutex);
        while (!token.IsCancellationRequested()) {
            if (arrived == synchronised)
                changed.wait(lock); // stuck: unwoken-wait, ignored-cancel
            synchronised = arrived;
        }
    }

    std::mutex mutex;
    std::condition_variable changed;
    int arrived = 0;
    int synchronised = 0;
    CancellationTokenSource source;
    std::thread thread;
};

} // namespace Contoso

static void ReadMail() {
    Contoso::MailSync sync;
    sync.OnMailArrived();
    oracle::window(); // The mail is there, and the task waits for more.
}

int main() {
    oracle::watch();
    ReadMail();
    return oracle::verdict();
}
