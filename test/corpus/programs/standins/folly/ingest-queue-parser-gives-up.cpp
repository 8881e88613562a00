// A reader feeds a parser over a queue of two lines. The parser gives up at the first line that it
// cannot parse; the reader goes on until the queue is full.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <folly/MPMCQueue.h>

#include <string>
#include <thread>

namespace ingest {

struct Line {
  int number = 0;
  bool isMalformed = false;
  bool isEnd = false;
};

class Parser {
 public:
  explicit Parser(folly::MPMCQueue<Line>& lines) : lines_(lines) {}

  int run() {
    oracle::Task alive;
    int parsed = 0;
    bool failed = false;
    for (;;) {
      Line line;
      lines_.blockingRead(line);
      if (line.isEnd) {
        return failed ? -1 : parsed;
      }
      if (line.isMalformed) {
#ifdef LEAKING
        return -1;  // cause
#else
        failed = true;
#endif
      }
      ++parsed;
    }
  }

 private:
  folly::MPMCQueue<Line>& lines_;
};

void importFile() {
  folly::MPMCQueue<Line> lines(2);
  Parser parser(lines);
  std::thread parsing([&parser] { parser.run(); });
  for (int number = 1; number <= 5; ++number) {
    lines.blockingWrite(Line{number, number == 1, false});  // stuck: blocking-send
  }
  lines.blockingWrite(Line{0, false, true});
  parsing.join();
}

}  // namespace ingest

int main() {
  oracle::watch();
  ingest::importFile();
  return oracle::verdict();
}
