// An indexer that keeps a stop source for its thread. The thread honours its token in
// every wait, but the destructor joins without a request.
// pattern: cancel handle stored and never pulled

#include "oracle.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_set>
#include <vector>

namespace fs = std::filesystem;

class FileIndexer {
public:
  explicit FileIndexer(fs::path root) : root_(std::move(root)) {}
  FileIndexer(const FileIndexer &) = delete;
  FileIndexer &operator=(const FileIndexer &) = delete;

  ~FileIndexer() {
#ifndef LEAKING
    stop_.request_stop();
#endif
    if (thread_.joinable())
      thread_.join(); // cause
  }

  void start() {
    thread_ = std::thread([this, stop = stop_.get_token()] { index(stop); });
  }

  void fileChanged(const fs::path &relative) {
    std::lock_guard lock(mutex_);
    changed_.push_back(root_ / relative);
    somethingChanged_.notify_one();
  }

private:
  void index(const std::stop_token &stop) {
    oracle::Task alive;
    std::unique_lock lock(mutex_);
    while (somethingChanged_.wait(lock, stop, [this] { return !changed_.empty(); })) { // stuck: lost-cancel
      for (const fs::path &path : changed_)
        known_.insert(path.string());
      changed_.clear();
    }
  }

  fs::path root_;
  std::mutex mutex_;
  std::condition_variable_any somethingChanged_;
  std::vector<fs::path> changed_;
  std::unordered_set<std::string> known_;
  std::stop_source stop_;
  std::thread thread_;
};

void editProject() {
  FileIndexer indexer("/home/ada/engine");
  indexer.start();
  indexer.fileChanged("src/main.cpp");
  indexer.fileChanged("README");
}

int main() {
  oracle::watch();
  editProject();
  return oracle::verdict();
}
