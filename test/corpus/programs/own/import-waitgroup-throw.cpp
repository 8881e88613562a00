// An import that waits for its parts with a wait group after Go's example. A part that
// cannot be parsed leaves by an exception and is never counted as done.
// pattern: done missed on a throw

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace conc {

class WaitGroup {
public:
	void Add(int delta) {
		std::lock_guard<std::mutex> l(mu);
		n += delta;
		if (n == 0) zero.notify_all();
	}

	void Done() { Add(-1); }

	void Wait() {
		std::unique_lock<std::mutex> l(mu);
		while (n > 0) zero.wait(l); // stuck: unwoken-wait, unfinished-wait-group
	}

private:
	std::mutex mu;
	std::condition_variable zero;
	int n = 0;
};

} // namespace conc

template <typename F> struct Deferred {
	F f;
	~Deferred() { f(); }
};
template <typename F> Deferred(F) -> Deferred<F>;

#define DEFER_NAME2(line) deferred##line
#define DEFER_NAME(line) DEFER_NAME2(line)
#define defer(statement) Deferred DEFER_NAME(__LINE__){[&] { statement; }}

struct Part {
	int columns;
	int rows;
};

struct ParseError : std::runtime_error {
	using std::runtime_error::runtime_error;
};

int Parse(const Part& part) {
	if (part.columns != 3) throw ParseError("a row has three columns");
	return part.rows;
}

class Importer {
public:
	void Start(const std::vector<Part>& parts) {
		for (const Part& part : parts) {
			wg.Add(1);
			std::thread([this, part] {
				oracle::Task alive;
#ifndef LEAKING
				defer(wg.Done());
#endif
				try {
					rows += Parse(part); // cause
#ifdef LEAKING
					wg.Done();
#endif
				} catch (const ParseError&) {
					failed = true;
				}
			}).detach();
		}
	}

	bool Finish() {
		wg.Wait();
		return !failed;
	}

private:
	conc::WaitGroup wg;
	std::atomic<int> rows{0};
	std::atomic<bool> failed{false};
};

bool ImportMonth() {
	Importer importer;
	importer.Start({{3, 1200}, {2, 800}});
	return importer.Finish();
}

int main() {
	oracle::watch();
	ImportMonth();
	return oracle::verdict();
}
