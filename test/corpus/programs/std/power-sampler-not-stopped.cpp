// Samples a power meter while a benchmark runs. A benchmark that cannot be calibrated
// returns early, past the stop(); the sampler's destructor waits for a thread that goes on.
// pattern: started object never stopped

#include "oracle.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

class PowerSampler {
 public:
  using Milliwatts = int;

  ~PowerSampler() {
    if (thread_.joinable()) thread_.join();  // stuck: unwoken-wait
  }

  void Start() {
    thread_ = std::thread([this] {
      oracle::Task alive;
      std::unique_lock<std::mutex> lock(mu_);
      while (!stopped_) {
        samples_.push_back(ReadMeter());
        stop_.wait_for(lock, std::chrono::milliseconds(5));  // stuck: unwoken-wait
      }
    });
  }

  void Stop() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      stopped_ = true;
    }
    stop_.notify_all();
    thread_.join();
  }

  Milliwatts Average() {
    std::lock_guard<std::mutex> lock(mu_);
    if (samples_.empty()) return 0;
    return std::accumulate(samples_.begin(), samples_.end(), 0) / static_cast<int>(samples_.size());
  }

 private:
  static Milliwatts ReadMeter() noexcept { return 4200; }

  std::mutex mu_;
  std::condition_variable stop_;
  std::vector<Milliwatts> samples_;
  bool stopped_ = false;
  std::thread thread_;
};

struct Benchmark {
  const char* name;
  int iterations;

  bool Calibrate() const { return iterations > 0; }
  void Run() const {
    for (volatile int i = 0; i < iterations; i = i + 1) {
    }
  }
};

std::optional<int> MeasurePower(const Benchmark& benchmark) {
  PowerSampler sampler;
  sampler.Start();
  if (!benchmark.Calibrate()) {
#ifndef LEAKING
    sampler.Stop();
#endif
    return std::nullopt;  // cause
  }
  benchmark.Run();
  sampler.Stop();
  return sampler.Average();
}

void MeasureAll() {
  for (const Benchmark& benchmark : {Benchmark{"memcpy", 1000}, Benchmark{"idle", 0}}) {
    MeasurePower(benchmark);
  }
}

int main() {
  oracle::watch();
  MeasureAll();
  return oracle::verdict();
}
