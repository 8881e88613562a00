// Services with a base class that runs a thread and virtual hooks that the services fill in.
// The base joins in its destructor, when the hook that would wake the thread is gone.
// pattern: destructor joins without waking

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <thread>

class ThreadedService
{
public:
    virtual ~ThreadedService()
    {
        stop();    // cause
    }

    void start()
    {
        _thread = std::thread([this] {
            oracle::Task alive;
            threadMain();
        });
    }

    void stop()
    {
        if (!_thread.joinable())
            return;
        aboutToStop();
        _thread.join();
    }

protected:
    /** Runs in the service's thread until aboutToStop() has been called. */
    virtual void threadMain() {}

    /** Called before the service's thread is waited for. */
    virtual void aboutToStop() {}

private:
    std::thread _thread;
};

class PrintService : public ThreadedService
{
public:
    ~PrintService() override
    {
#ifndef LEAKING
        stop();
#endif
    }

    void print(int pages)
    {
        std::unique_lock<std::mutex> lock(_mutex);
        _pagesWaiting += pages;
        _somethingToDo.notify_one();
    }

protected:
    void threadMain() override
    {
        std::unique_lock<std::mutex> lock(_mutex);
        while (!_isStopping)
        {
            if (_pagesWaiting > 0)
                printOnePage();
            else
                _somethingToDo.wait(lock);    // stuck: unwoken-wait
        }
    }

    void aboutToStop() override
    {
        std::unique_lock<std::mutex> lock(_mutex);
        _isStopping = true;
        _somethingToDo.notify_one();
    }

private:
    void printOnePage()
    {
        --_pagesWaiting;
        ++_pagesPrinted;
    }

    std::mutex              _mutex;
    std::condition_variable _somethingToDo;
    int                     _pagesWaiting = 0;
    int                     _pagesPrinted = 0;
    bool                    _isStopping = false;
};

void printLetter()
{
    PrintService printer;
    printer.start();
    printer.print(2);
    oracle::window();    // The letter is printed.
}

int main()
{
    oracle::watch();
    printLetter();
    return oracle::verdict();
}
