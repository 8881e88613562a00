// A login service in a Java-like dialect of C++. The request for the user's avatar runs by
// itself; a login that is refused returns before it has received the avatar.
// pattern: early return before the receive

#include "oracle.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

class Monitor {
public:
    void enter() { mutex.lock(); }
    void exit() { mutex.unlock(); }
    void wait() { condition.wait(mutex); } // stuck: unwoken-wait
    void notifyAll() { condition.notify_all(); }

private:
    std::recursive_mutex mutex;
    std::condition_variable_any condition;
};

class Entered {
public:
    explicit Entered(Monitor& monitor) : monitor(monitor) { monitor.enter(); }
    ~Entered() { monitor.exit(); }
    explicit operator bool() const { return true; }

private:
    Monitor& monitor;
};

#define synchronized(monitor) if (Entered entered{monitor}; entered)

template <typename E> class SynchronousQueue {
public:
    // Waits until the element has been taken.
    void put(E element) {
        synchronized (monitor) {
            this->element = element;
            hasElement = true;
            monitor.notifyAll();
            while (hasElement)
                monitor.wait();
        }
    }

    E take() {
        synchronized (monitor) {
            while (!hasElement)
                monitor.wait();
            hasElement = false;
            monitor.notifyAll();
            return element;
        }
        return E();
    }

private:
    Monitor monitor;
    E element{};
    bool hasElement = false;
};

struct Avatar {
    int pixels = 0;
};

enum class Login { ACCEPTED, REFUSED };

class LoginService {
public:
    explicit LoginService(int pin) : pin(pin) {}

    Login login(int givenPin) {
        auto avatars = std::make_shared<SynchronousQueue<Avatar>>();
#ifndef LEAKING
        if (givenPin != pin)
            return Login::REFUSED;
#endif
        std::thread([avatars] {
            oracle::Task alive;
            avatars->put(Avatar{64 * 64});
        }).detach();
#ifdef LEAKING
        if (givenPin != pin)
            return Login::REFUSED; // cause
#endif
        pixelsShown = avatars->take().pixels;
        return Login::ACCEPTED;
    }

private:
    const int pin;
    int pixelsShown = 0;
};

Login openDoor() {
    LoginService service(4321);
    service.login(4321);
    return service.login(1234);
}

int main() {
    oracle::watch();
    openDoor();
    return oracle::verdict();
}
