// The reduced search finds the same stuck waits as the one that stops before
// every instruction, on random small programs.

#include "Running.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <set>

using namespace taskleak;

namespace {

/// Writes a program of three tasks that share a record, two locks, a condition, a
/// channel, a counter, an event and a cancel.
class Writer {
  std::mt19937 Random;
  std::string Out;
  enum { Mixed, Semaphore, WaitGroup } Counter = Mixed; ///< What the counter is used as.
  unsigned NextSlot = 16;
  std::vector<std::string> Blocks; ///< Of the function being written.
  size_t Current = 0;

  unsigned pick(unsigned N) { return Random() % N; }
  std::string slot() { return "%" + std::to_string(NextSlot++); }
  void line(const std::string &Text) { Blocks[Current] += "        " + Text + "\n"; }
  std::string newBlock() {
    Blocks.push_back("");
    return "b" + std::to_string(Blocks.size() - 1);
  }
  void enter(const std::string &Block) { Current = size_t(std::stoul(Block.substr(1))); }
  std::string field() { return pick(2) ? "\"a\"" : "\"b\""; }
  std::string lock() { return pick(4) ? "%1" : "%2"; }

  void conditional(unsigned Depth) {
    std::string Test = pick(6) ? slot() : "?";
    if (Test != "?")
      line(Test + " = load " + field() + " %0");
    std::string Then = newBlock(), After = newBlock();
    line("branch " + Test + " " + Then + " " + After);
    enter(Then);
    statements(1 + pick(2), Depth + 1);
    line("jump " + After);
    enter(After);
  }

  void section(unsigned Depth) {
    std::string L = lock(), How = pick(4) ? "" : ".shared";
    bool Both = pick(6) == 0;
    line("lock" + How + (Both ? " %1, %2" : " " + L));
    statements(1 + pick(2), Depth + 1);
    if (Both)
      L = "%1\n        unlock" + How + " %2";
    line("unlock" + How + " " + L);
  }

  /// while (!field) wait: the shape of most waits.
  void guardedWait() {
    std::string Head = newBlock(), Wait = newBlock(), After = newBlock();
    line("lock %1");
    line("jump " + Head);
    enter(Head);
    std::string Test = slot();
    line(Test + " = load " + field() + " %0");
    line("branch " + Test + " " + After + " " + Wait);
    enter(Wait);
    line("wait %3, %1");
    line("jump " + Head);
    enter(After);
    line("unlock %1");
  }

  std::string change() {
    bool GoesUp = Counter == Semaphore || (Counter == WaitGroup && pick(4) == 0);
    return std::string("count %5, ") + (GoesUp ? "1" : "-1");
  }

  std::string waitForCounter() {
    bool Acquires = Counter == Mixed ? pick(2) : Counter == Semaphore;
    return Acquires ? std::string("acquire") + (pick(8) ? "" : ".try") + " %5, 1" : "await %5";
  }

  void statement(unsigned Depth) {
    switch (pick(Depth < 2 ? 14 : 11)) {
    case 0:
    case 1:
      return line("store " + field() + " %0, " + std::to_string(pick(2)));
    case 2:
      return line("notify %3");
    case 3:
      return line("notify.all %3");
    case 4:
      return line("send" + std::string(pick(4) ? "" : ".timed") + " %4, " +
                  std::to_string(pick(2)) + (pick(4) ? "" : " cancel=%7"));
    case 5: {
      std::string Status = slot(), Value = slot();
      return line(Status + ", " + Value + " = receive" + (pick(4) ? "" : ".try") + " %4" +
                  (pick(4) ? "" : " cancel=%7"));
    }
    case 6:
      return line(change());
    case 7:
      return line(pick(3) ? waitForCounter() : "request %7");
    case 8:
      return line(Counter == Semaphore || pick(2) ? "fulfil %6, 1" : "await %6");
    case 9:
      return line(pick(3) ? "yield" : "close %4");
    case 10:
      return line(pick(3) ? "outside.timed \"world\"" : "outside \"world\"");
    case 11:
      return conditional(Depth);
    case 12:
      return section(Depth);
    default:
      return guardedWait();
    }
  }

  void statements(unsigned N, unsigned Depth) {
    while (N-- > 0)
      statement(Depth);
  }

  void body(const std::string &Header, const std::string &First, unsigned N,
            const std::string &Last) {
    NextSlot = 16;
    Blocks = {First};
    Current = 0;
    statements(N, 0);
    Blocks[Current] += Last + "        return\n";
    Out += Header;
    for (size_t B = 0; B < Blocks.size(); ++B)
      Out += "      b" + std::to_string(B) + ":\n" + Blocks[B];
    Out += "    }\n";
  }

public:
  explicit Writer(unsigned Seed) : Random(Seed) {}

  std::string write() {
    Counter = decltype(Counter)(pick(3));
    Out = "    unit \"a.cpp\"\n    record \"R\"\n";
    const char *Strands[] = {"", "", "", ".cooperative", ".cooperative.inturn",
                             ".cooperative.inturn.atonce"};
    std::string Strand = Strands[pick(std::size(Strands))];
    std::string Make = "        %0 = new \"R\"\n"
                       "        store \"a\" %0, 0\n        store \"b\" %0, 0\n"
                       "        %1 = make lock \"m\"\n        %2 = make lock" +
                       std::string(pick(2) ? "" : " .shared.writersfirst") +
                       " \"n\"\n"
                       "        %3 = make condition \"cv\"\n        %4 = make channel " +
                       std::to_string(pick(3)) + " \"c\"\n        %5 = make counter " +
                       std::to_string(pick(3)) +
                       " \"k\"\n        %6 = make event \"e\"\n"
                       "        %7 = make cancel \"stop\"\n"
                       "        %8 = closure @1, %0, %1, %2, %3, %4, %5, %6, %7\n"
                       "        %9 = closure @2, %0, %1, %2, %3, %4, %5, %6, %7\n"
                       "        %10 = spawn" + Strand + " \"x\" %8\n        %11 = spawn" +
                       Strand + " \"y\" %9\n";
    body("    function @0 \"f\" {\n", Make, 1 + pick(2),
         pick(2) ? "        join %10\n        join %11\n" : "");
    for (const char *Name : {"@1 \"x\"", "@2 \"y\""})
      body("    function " + std::string(Name) + " params=8 captures=8 {\n", "", 2 + pick(3), "");
    return Out;
  }
};

std::set<std::string> places(const Exploration &E) {
  std::set<std::string> Out;
  for (const Stuck &S : E.Stucks)
    Out.insert("@" + std::to_string(S.At.F) + " b" + std::to_string(S.At.B) + " " +
               std::to_string(S.At.Index) + " " + spelling(S.Kind).str());
  return Out;
}

} // namespace

TEST(Reduction, FindsWhatTheFullSearchFinds) {
  Budget Full;
  Full.States = 30000;
  Full.Reduce = false;
  unsigned Compared = 0, WithStuck = 0, Saved = 0;
  for (unsigned Seed = 0; Seed < 900; ++Seed) {
    std::string Text = Writer(Seed).write();
    Unit U = parse(Text);
    Exploration All = run(U, false, Full), Some = run(U);
    if (All.Stats.OverBudget)
      continue;
    ++Compared;
    WithStuck += !All.Stucks.empty();
    Saved += Some.Stats.States < All.Stats.States;
    ASSERT_FALSE(Some.Stats.OverBudget) << "seed " << Seed << "\n" << Text;
    ASSERT_EQ(places(All), places(Some)) << "seed " << Seed << "\n" << Text;
  }
  EXPECT_GT(Compared, 300u);
  EXPECT_GT(WithStuck, 150u);
  EXPECT_GT(Saved, Compared * 9 / 10);
}
