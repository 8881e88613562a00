// Tellers share a vault through a mutex that suspends coroutines. A withdrawal that is refused
// goes home with the vault in its hands, and the next teller waits for it.
// pattern: lock not released on one path

#include "oracle.h"

#include <coroutine>
#include <cstdlib>
#include <list>
#include <memory>
#include <optional>

/// A coroutine that is owned: who drops it ends it.
class [[nodiscard]] teller_t {
public:
    struct promise_type {
        teller_t get_return_object() { return teller_t{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::abort(); }
    };

    explicit teller_t(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    teller_t(const teller_t &) = delete;
    ~teller_t() {
        if (frame_.done())
            frame_.destroy();
    }

    void start() { frame_.resume(); }

private:
    std::coroutine_handle<promise_type> frame_;
};

class vault_t {
public:
    struct entry_t {
        vault_t &vault;

        bool await_ready() {
            if (vault.taken_)
                return false;
            vault.taken_ = true;
            return true;
        }
        void await_suspend(std::coroutine_handle<> teller) { vault.queue_.push_back(teller); }
        void await_resume() {}
    };

    explicit vault_t(long cents) : cents_(cents) {}

    entry_t enter() { return entry_t{*this}; }

    void leave() {
        if (queue_.empty()) {
            taken_ = false;
            return;
        }
        auto next = queue_.front();
        queue_.pop_front();
        next.resume();
    }

    long cents() const { return cents_; }
    void add(long cents) { cents_ += cents; }

private:
    bool taken_ = false;
    std::list<std::coroutine_handle<>> queue_;
    long cents_;
};

teller_t withdraw(vault_t &vault, long cents, std::optional<long> &paid) {
    oracle::Task alive;
    co_await vault.enter(); // stuck: unwoken-wait
    if (vault.cents() < cents) {
#ifndef LEAKING
        vault.leave();
#endif
        co_return; // cause
    }
    vault.add(-cents);
    paid = cents;
    vault.leave();
}

void friday_afternoon() {
    vault_t vault(20'000);
    std::optional<long> wages, rent, change;
    {
        teller_t first = withdraw(vault, 15'000, wages);
        teller_t second = withdraw(vault, 9'900, rent);
        teller_t third = withdraw(vault, 250, change);
        first.start();
        second.start();
        third.start();
    }
}

int main() {
    oracle::watch();
    friday_afternoon();
    return oracle::verdict();
}
