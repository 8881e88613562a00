// A crawl waits for all of its pages with a blocking counter. The counter is made for all
// links; links that robots.txt forbids are not fetched and not counted down.
// pattern: count too large

#include "oracle.h"

#include <absl/synchronization/blocking_counter.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace crawl {

struct Link {
  std::string path;
  bool allowed = true;
};

class Crawler {
 public:
  explicit Crawler(std::vector<Link> links) : links_(std::move(links)) {}

  void Run() {
#ifdef LEAKING
    absl::BlockingCounter pages(links_.size());  // cause
#else
    absl::BlockingCounter pages(
        std::count_if(links_.begin(), links_.end(), [](const Link& link) { return link.allowed; }));
#endif
    std::vector<std::thread> fetchers;
    for (const Link& link : links_) {
      if (!link.allowed) continue;
      fetchers.emplace_back([this, &link, &pages] {
        oracle::Task alive;
        Fetch(link);
        pages.DecrementCount();
      });
    }
    pages.Wait();  // stuck: unfinished-wait-group
    for (std::thread& fetcher : fetchers) fetcher.join();
  }

 private:
  void Fetch(const Link& link) noexcept { (void)link.path.size(); }

  std::vector<Link> links_;
};

}  // namespace crawl

void CrawlSite() {
  crawl::Crawler crawler({{"/"}, {"/admin", false}, {"/about"}});
  crawler.Run();
}

int main() {
  oracle::watch();
  CrawlSite();
  return oracle::verdict();
}
