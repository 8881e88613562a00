// A search box that begins a new search with each keystroke and keeps the stop source of
// the newest. The searches before stay, for their sources have been overwritten.
// pattern: cancel handle overwritten

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

class Index
{
public:
    // Waits until the word is indexed. False if the search has been cancelled.
    bool waitForWord(const std::string& word, std::stop_token cancelled)
    {
        std::unique_lock<std::mutex> lock(mutex_);
        return grown_.wait(lock, cancelled, [&] { return lastWord_ == word; }); // stuck: lost-cancel
    }

    void add(const std::string& word)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        lastWord_ = word;
        grown_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any grown_;
    std::string lastWord_;
};

class SearchBox
{
public:
    explicit SearchBox(Index& index) : index_(index) {}

    ~SearchBox()
    {
        cancelSearch_.request_stop();
        for (auto& search : searches_)
            search.join();
    }

    void onKey(char key)
    {
        text_ += key;
#ifndef LEAKING
        cancelSearch_.request_stop();
#endif
        cancelSearch_ = std::stop_source(); // cause
        searches_.emplace_back([this, text = text_, cancelled = cancelSearch_.get_token()] {
            oracle::Task alive;
            if (index_.waitForWord(text, cancelled))
                ++hits_;
        });
    }

private:
    Index& index_;
    std::string text_;
    std::atomic<int> hits_{0};
    std::stop_source cancelSearch_;
    std::list<std::thread> searches_;
};

void typeTwoLetters()
{
    Index index;
    SearchBox box(index);
    box.onKey('q');
    box.onKey('u');
}

int main()
{
    oracle::watch();
    typeTwoLetters();
    return oracle::verdict();
}
