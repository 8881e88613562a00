// A gallery awaits its pictures from a decoder thread. A picture brings whoever awaits it on when
// it is there; one that cannot be decoded brings nobody anything, and the page is never shown.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <condition_variable>
#include <coroutine>
#include <exception>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace gallery {

class DecoderThread {
public:
    DecoderThread() : m_thread([this] { run(); }) {}
    ~DecoderThread()
    {
        schedule({});
        m_thread.join();
    }

    void schedule(std::coroutine_handle<> job) {
        const std::lock_guard<std::mutex> locker(m_mutex);
        m_jobs.push(job);
        m_jobAdded.notify_one();
    }

    // co_await decoder: goes on in its thread
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> job) { schedule(job); }
    void await_resume() const {}

private:
    void run()
    {
        oracle::Task alive;
        for (;;) {
            std::unique_lock<std::mutex> locker(m_mutex);
            m_jobAdded.wait(locker, [this] { return !m_jobs.empty(); });
            const auto job = m_jobs.front();
            m_jobs.pop();
            locker.unlock();
            if (!job)
                return;
            job.resume();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_jobAdded;
    std::queue<std::coroutine_handle<>> m_jobs;
    std::thread m_thread;
};

class Picture {
public:
    struct promise_type;
    using Handle = std::coroutine_handle<promise_type>;
    struct promise_type {
        int pixels = 0;
        std::exception_ptr error;
        std::coroutine_handle<> awaiting;

        Picture get_return_object() { return Picture(Handle::from_promise(*this)); }
        std::suspend_always initial_suspend() { return {}; }
#ifdef LEAKING
        std::suspend_always final_suspend() noexcept { return {}; } // cause
        void return_value(int brought)
        {
            pixels = brought;
            awaiting.resume();
        }
#else
        struct Done : std::suspend_always {
            std::coroutine_handle<> await_suspend(Handle self) noexcept { return self.promise().awaiting; }
        };
        Done final_suspend() noexcept { return {}; }
        void return_value(int brought) { pixels = brought; }
#endif
        void unhandled_exception() { error = std::current_exception(); }
    };

    explicit Picture(Handle handle) : m_handle(handle) {}
    Picture(Picture &&other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    ~Picture() { if (m_handle) m_handle.destroy(); }

    bool await_ready() const { return false; }
    Handle await_suspend(std::coroutine_handle<> awaiting) {
        m_handle.promise().awaiting = awaiting;
        return m_handle;
    }
    int await_resume() {
        if (m_handle.promise().error)
            std::rethrow_exception(m_handle.promise().error);
        return m_handle.promise().pixels;
    }

private:
    Handle m_handle;
};

struct Page {
    struct promise_type {
        Page get_return_object() { return {}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

Picture decode(DecoderThread &decoder, std::string file)
{
    co_await decoder;
    if (file.empty())
        throw std::runtime_error("no decoder for this picture");
    co_return 640 * 480;
}

Page show(DecoderThread &decoder, const char *file, int &shown)
{
    oracle::Task alive;
    try {
        shown += co_await decode(decoder, file); // stuck: unwoken-wait
    } catch (const std::exception &) {
        shown += 1; // a placeholder
    }
}

} // namespace gallery

int opensTheGallery()
{
    int shown = 0;
    {
        gallery::DecoderThread decoder;
        gallery::show(decoder, "", shown);
    }
    return shown;
}

int main()
{
    oracle::watch();
    opensTheGallery();
    return oracle::verdict();
}
