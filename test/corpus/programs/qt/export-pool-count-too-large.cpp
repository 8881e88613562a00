// Exports the pages of a document in a thread pool and waits for as many permits as the
// document has pages. Hidden pages are not exported.
// pattern: count too large

#include "oracle.h"

#include <QRunnable>
#include <QSemaphore>
#include <QThreadPool>

namespace {

struct Page {
  int number;
  bool hidden;
};

class ExportJob : public QRunnable {
public:
  ExportJob(const Page &page, QSemaphore &exported) : page(page), exported(exported) {}

  void run() override {
    oracle::Task alive;
    written = page.number * 1000;
    exported.release();
  }

private:
  const Page &page;
  QSemaphore &exported;
  int written = 0;
};

void exportDocument(const Page (&pages)[3]) {
  oracle::Task alive;
  QSemaphore exported;
  QThreadPool pool;
  int jobs = 0;
  for (const Page &page : pages) {
    if (page.hidden)
      continue; // cause
    pool.start(new ExportJob(page, exported));
    ++jobs;
  }
#ifdef LEAKING
  exported.acquire(3); // stuck: unwoken-wait
#else
  exported.acquire(jobs);
#endif
  pool.waitForDone();
}

void printBrochure() {
  const Page pages[3] = {{1, false}, {2, true}, {3, false}};
  exportDocument(pages);
}

} // namespace

int main() {
  oracle::watch();
  printBrochure();
  return oracle::verdict();
}
