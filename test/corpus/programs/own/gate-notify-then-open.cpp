// A maintenance gate that requests wait at. open() wakes the requests first and opens
// afterwards: those that it has woken find the gate closed and wait again.
// pattern: notify before the flag

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

class Gate
{
    std::mutex              _lock;
    std::condition_variable _opened;
    bool                    _isOpen;

public:
    Gate() : _isOpen( true ) {}

    void close()
    {
        std::unique_lock< std::mutex > hold( _lock );
        _isOpen = false;
    }

    void open()
    {
#ifdef LEAKING
        _opened.notify_all();    // cause
        oracle::window();
#endif
        {
            std::unique_lock< std::mutex > hold( _lock );
            _isOpen = true;
        }
#ifndef LEAKING
        _opened.notify_all();
#endif
    }

    void pass()
    {
        std::unique_lock< std::mutex > hold( _lock );
        while( !_isOpen )
        {
            _opened.wait( hold );    // stuck: unwoken-wait
        }
    }
};

class Frontend
{
    Gate &                     _gate;
    std::vector< std::thread > _requests;

public:
    explicit Frontend( Gate & gate ) : _gate( gate ) {}

    ~Frontend()
    {
        for( std::thread & request : _requests )
        {
            request.join();
        }
    }

    void accept()
    {
        _requests.push_back( std::thread( [this]()
        {
            oracle::Task alive;
            _gate.pass();
        } ) );
    }
};

void upgradeSchema()
{
    Gate     gate;
    Frontend frontend( gate );

    frontend.accept();
    gate.close();
    frontend.accept();
    oracle::window();    // The tables are rewritten, and the second request waits.
    gate.open();
}

int main()
{
    oracle::watch();
    upgradeSchema();
    return oracle::verdict();
}
