// An audit log that is written by a thread of its own. flush() waits until nothing is left
// to write, but the writer tells those who wait for it only after a full batch.
// pattern: notify missed

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace {

struct Entry {
    int user;
    int action;
};

class AuditLog {
public:
    AuditLog() : mWriter(&AuditLog::writeEntries, this) {}

    ~AuditLog() {
        std::unique_lock lock{mMutex};
        mExit = true;
        lock.unlock();
        mEntriesChanged.notify_all();
        mWriter.join();
    }

    void append(Entry entry) {
        std::lock_guard lock{mMutex};
        mEntries.push_back(entry);
        mEntriesChanged.notify_all();
    }

    void flush() {
        std::unique_lock lock{mMutex};
        mWritten.wait(lock, [this] { return mEntries.empty() && !mIsWriting; }); // stuck: unwoken-wait
    }

private:
    static constexpr size_t kBatchSize = 2;

    void writeEntries() {
        oracle::Task alive;
        std::unique_lock lock{mMutex};
        while (true) {
            mEntriesChanged.wait(lock, [this] { return mExit || !mEntries.empty(); });
            if (mEntries.empty()) {
                return;
            }
            std::vector<Entry> batch = std::exchange(mEntries, {});
            mIsWriting = true;
            lock.unlock();
            const bool isFull = batch.size() >= kBatchSize;
            write(batch);
            lock.lock();
            mIsWriting = false;
#ifdef LEAKING
            if (isFull) {
                mWritten.notify_all(); // cause
            }
#else
            mWritten.notify_all();
#endif
        }
    }

    void write(const std::vector<Entry>& batch) {
        oracle::window(); // The disk is slow.
        mEntriesOnDisk += batch.size();
    }

    std::mutex mMutex;
    std::condition_variable mEntriesChanged;
    std::condition_variable mWritten;
    std::vector<Entry> mEntries;
    size_t mEntriesOnDisk = 0;
    bool mIsWriting = false;
    bool mExit = false;
    std::thread mWriter;
};

void deleteAccount() {
    AuditLog log;
    log.append({17, 3});
    log.flush();
}

} // namespace

int main() {
    oracle::watch();
    deleteAccount();
    return oracle::verdict();
}
