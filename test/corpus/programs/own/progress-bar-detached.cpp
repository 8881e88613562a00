// A progress bar that is redrawn by a detached thread, each time the work has got on. The
// bar goes out of scope with its work, and the thread still waits for its next step.
// pattern: detached task outlives what it uses

#include "oracle.h"

#include <atomic>
#include <thread>

namespace ui {

class Console {
public:
    virtual ~Console() {}
    virtual void draw(int step) = 0;
};

class NullConsole : public Console {
public:
    void draw(int) override {}
};

class ProgressBar {
public:
    explicit ProgressBar(Console& console)
        : console_(console), painter_(&ProgressBar::paint, this)
    {
#ifdef LEAKING
        painter_.detach(); // cause
#endif
    }

    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    ~ProgressBar()
    {
#ifndef LEAKING
        moveTo(kFinished);
        painter_.join();
#endif
    }

    void advance() { moveTo(step_.load() + 1); }

private:
    static constexpr int kFinished = -1;

    void moveTo(int step)
    {
        step_.store(step);
        step_.notify_one();
    }

    void paint()
    {
        oracle::Task alive;
        int shown = 0;
        while (shown != kFinished) {
            step_.wait(shown); // stuck: unwoken-wait, detached-task
            shown = step_.load();
            console_.draw(shown);
        }
    }

    Console& console_;
    std::atomic<int> step_{0};
    std::thread painter_;
};

} // namespace ui

static ui::NullConsole terminal;

void copyFiles()
{
    ui::ProgressBar bar(terminal);
    for (int file = 0; file < 2; ++file)
        bar.advance();
    oracle::window(); // The last step has been drawn.
}

int main()
{
    oracle::watch();
    copyFiles();
    return oracle::verdict();
}
