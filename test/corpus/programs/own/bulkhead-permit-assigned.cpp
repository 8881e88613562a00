// A bulkhead that admits a few calls at a time, with permits that can only be moved. Moving
// a permit over one that is held drops that one without giving it back.
// pattern: lock not released on one path

#include "oracle.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>

namespace resilience {

class semaphore {
public:
	explicit semaphore(std::uint32_t n) noexcept : n_{n} {}

	void down() {
		auto lk = std::unique_lock{mtx_};
		while (n_ == 0)
			cv_.wait(lk); // stuck: unwoken-wait, unreleased-lock
		--n_;
	}

	void up() noexcept {
		{
			auto lk = std::lock_guard{mtx_};
			++n_;
		}
		cv_.notify_one();
	}

private:
	std::mutex mtx_;
	std::condition_variable cv_;
	std::uint32_t n_;
};

class permit {
public:
	permit() noexcept = default;
	explicit permit(semaphore& from) : from_{&from} { from.down(); }
	permit(permit&& other) noexcept : from_{std::exchange(other.from_, nullptr)} {}

	auto operator=(permit&& other) noexcept -> permit& {
#ifdef LEAKING
		from_ = std::exchange(other.from_, nullptr); // cause
#else
		std::swap(from_, other.from_);
#endif
		return *this;
	}

	~permit() {
		if (from_ != nullptr)
			from_->up();
	}

private:
	semaphore* from_ = nullptr;
};

class bulkhead {
public:
	explicit bulkhead(std::uint32_t calls) noexcept : slots_{calls} {}

	[[nodiscard]] auto enter() -> permit { return permit{slots_}; }

private:
	semaphore slots_;
};

} // namespace resilience

namespace shop {

// An order is paid first and shipped then; each step is a call of its own.
inline void process(resilience::bulkhead& calls) {
	resilience::permit current = calls.enter();
	for (int step = 0; step < 1; ++step) {
		resilience::permit next = calls.enter();
		current = std::move(next);
	}
}

} // namespace shop

auto main() -> int {
	oracle::watch();
	[] {
		auto calls = resilience::bulkhead{2};
		auto order = [&calls] {
			oracle::Task alive;
			shop::process(calls);
		};
		std::thread{order}.join();
		std::thread{order}.join();
	}();
	return oracle::verdict();
}
