// An editor document with a background writer. saveNow() waits for the writer with the
// document locked; the writer needs that lock to take a snapshot.
// pattern: lock held across a wait whose waker needs it

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

/// A number that only grows, and that others wait for.
class Progress {
public:
    void reach(int value)
    {
        std::lock_guard<std::mutex> locker(m_mutex);
        if (value > m_value)
            m_value = value;
        m_grown.notify_all();
    }

    void waitFor(int value)
    {
        std::unique_lock<std::mutex> locker(m_mutex);
        m_grown.wait(locker, [&] { return m_value >= value; }); // stuck: lock-cycle, unwoken-wait
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_grown;
    int m_value = 0;
};

class Document {
public:
    Document()
        : m_writer([this] { writeLoop(); })
    {
    }

    ~Document()
    {
        {
            std::lock_guard<std::mutex> locker(m_textMutex);
            m_quit = true;
            m_saveWanted.notify_one();
        }
        m_writer.join();
    }

    void insert(const std::string &text)
    {
        std::lock_guard<std::mutex> locker(m_textMutex);
        m_text += text;
        ++m_revision;
    }

    /// Returns when everything that has been inserted is on disk.
    int saveNow()
    {
        std::unique_lock<std::mutex> locker(m_textMutex);
        int revision = m_revisionWanted = m_revision;
        m_saveWanted.notify_one();
#ifndef LEAKING
        locker.unlock();
#endif
        m_saved.waitFor(revision); // cause
        return revision;
    }

private:
    void writeLoop()
    {
        oracle::Task alive;
        std::unique_lock<std::mutex> locker(m_textMutex); // stuck: lock-cycle
        while (!m_quit) {
            if (m_revisionWanted == m_revisionOnDisk) {
                m_saveWanted.wait(locker); // stuck: lock-cycle
                continue;
            }
            m_bytesOnDisk = m_text.size();
            m_revisionOnDisk = m_revisionWanted;
            m_saved.reach(m_revisionOnDisk);
        }
    }

    std::mutex m_textMutex;
    std::string m_text;
    int m_revision = 0;
    std::size_t m_bytesOnDisk = 0;
    int m_revisionWanted = 0;
    int m_revisionOnDisk = 0;
    bool m_quit = false;
    std::condition_variable m_saveWanted;
    Progress m_saved;
    std::thread m_writer;
};

int editAndSave()
{
    Document document;
    document.insert("Dear Sir or Madam,\n");
    return document.saveNow();
}

int main()
{
    oracle::watch();
    editAndSave();
    return oracle::verdict();
}
