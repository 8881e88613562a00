// A disk mirror with a stop source among its members. Detaching a disk joins its
// synchroniser without having asked it to stop.
// pattern: cancel handle stored and never pulled

#include "oracle.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace raid {

struct dirty_blocks {
	std::mutex mtx;
	std::condition_variable_any marked;
	unsigned count = 0;

	void mark()
	{
		const std::scoped_lock l(mtx);
		count++;
		marked.notify_one();
	}

	/* 0 when stopped */
	unsigned wait_and_clear(const std::stop_token &st)
	{
		std::unique_lock l(mtx);
		while (count == 0 && !st.stop_requested())
			marked.wait(l, st, [&] { return count > 0; }); // stuck: lost-cancel
		const unsigned n = count;
		count = 0;
		return n;
	}
};

class leg {
public:
	leg() : sync_thread(&leg::sync, this, stop.get_token()) {}

	~leg()
	{
		if (sync_thread.joinable())
			detach();
	}

	void write_block() { dirty.mark(); }

	void detach()
	{
#ifndef LEAKING
		stop.request_stop();
#endif
		sync_thread.join(); // cause
	}

private:
	void sync(std::stop_token st)
	{
		oracle::Task alive;
		while (const unsigned n = dirty.wait_and_clear(st))
			synced += n;
	}

	dirty_blocks dirty;
	unsigned long synced = 0;
	std::stop_source stop;
	std::thread sync_thread;
};

class mirror {
	std::unique_ptr<leg> legs[2];

public:
	mirror()
	{
		for (auto &l : legs)
			l = std::make_unique<leg>();
	}

	void write_block()
	{
		for (auto &l : legs)
			if (l)
				l->write_block();
	}

	void pull_disk(int nr) { legs[nr].reset(); }
};

} // namespace raid

static void replace_disk()
{
	raid::mirror md0;
	md0.write_block();
	md0.pull_disk(1);
	md0.write_block();
}

int main()
{
	oracle::watch();
	replace_disk();
	return oracle::verdict();
}
