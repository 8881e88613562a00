// A listener that starts a handler for each client and forgets it. When the listener is
// closed the handlers still wait for their clients' next request.
// pattern: handler that starts untracked tasks

#include "oracle.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace shell {

/** What a client has typed and its handler has not read. */
class LineBuffer {
public:
    void type()
    {
        std::lock_guard<std::mutex> lock(mutex);
        ++lines;
        changed.notify_one();
    }

    void hangUp()
    {
        std::lock_guard<std::mutex> lock(mutex);
        isHungUp = true;
        changed.notify_one();
    }

    bool readLine()
    {
        std::unique_lock<std::mutex> lock(mutex);
        while (lines == 0 && !isHungUp) {
            changed.wait(lock); // stuck: unwoken-wait, detached-task
        }
        return lines > 0 && lines-- > 0;
    }

private:
    std::mutex mutex;
    std::condition_variable changed;
    int lines = 0;
    bool isHungUp = false;
};

using Terminal = std::shared_ptr<LineBuffer>;

class Listener {
public:
    Listener() = default;
    Listener(Listener&&) = delete;

    ~Listener() { close(); }

    Terminal accept(int user)
    {
        Terminal terminal = std::make_shared<LineBuffer>();
        std::thread handler([terminal] {
            oracle::Task alive;
            while (terminal->readLine()) {
                // Answers the line.
            }
        });
#ifdef LEAKING
        handler.detach(); // cause
        (void)user;
#else
        sessions.push_back({user, terminal, std::move(handler)});
#endif
        return terminal;
    }

    void close()
    {
        for (Session& session : sessions) {
            session.terminal->hangUp();
            session.handler.join();
        }
        sessions.clear();
    }

private:
    struct Session {
        int user;
        Terminal terminal;
        std::thread handler;
    };

    std::vector<Session> sessions;
};

} // namespace shell

void serveForAnHour()
{
    shell::Listener listener;
    shell::Terminal alice = listener.accept(501);
    alice->type();
    listener.accept(502);
    oracle::window(); // Both wait at their prompts.
    listener.close();
}

int main()
{
    oracle::watch();
    serveForAnHour();
    return oracle::verdict();
}
