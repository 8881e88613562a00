// Which functions of a main file are lowered: those that get to something that is about
// tasks, however they get there.

#include "lower/Lower.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

using namespace clang;
using namespace taskleak;

/// The functions that are lowered of those in \p Code, "close wait", sorted.
static std::string lowered(llvm::StringRef Code, llvm::StringRef File = "input.cpp") {
  std::string Text = (File == "input.c" ? "#include <pthread.h>\n"
                                        : "#include <condition_variable>\n#include <list>\n#include <memory>\n"
                                          "#include <mutex>\n#include <thread>\n#include <vector>\n")
                     + Code.str();
  std::vector<std::string> Flags;
  if (File != "input.c")
    Flags = {"-std=c++20"};
  auto Unit = tooling::buildASTFromCodeWithArgs(Text, Flags, File);
  if (!Unit || Unit->getDiagnostics().hasErrorOccurred())
    return "does not compile";
  LowerOptions How;
  How.Everything = false;
  std::vector<std::string> Names;
  for (const Function &F : lower(Unit->getASTContext(), Model::builtin(), How).Skeletons.Functions)
    if (F.At.Line > 0 && !StringRef(F.Name).contains("::") && !StringRef(F.Name).starts_with("lambda"))
      Names.push_back(F.Name);
  llvm::sort(Names);
  return llvm::join(Names, " ");
}

TEST(TaskReach, CallersOfWhatWaits) {
  EXPECT_EQ(lowered(R"(
    std::mutex m;
    void inner() { std::lock_guard<std::mutex> held(m); }
    void outer() { inner(); }
    int sum(const std::vector<int> &v) { return v.size(); }
    void uses() { sum({1, 2}); })"),
            "inner outer");
}

TEST(TaskReach, NothingOfTasks) {
  EXPECT_EQ(lowered("std::mutex *nobodys; int twice(int x) { return 2 * x; }"), "");
}

TEST(TaskReach, CallsByABase) {
  EXPECT_EQ(lowered(R"(
    struct Job { virtual void run() = 0; virtual int size() = 0; };
    void serve(Job &j) { j.run(); }
    int measure(Job &j) { return j.size(); }
    struct Sleeper final : Job {
      std::mutex m;
      void run() override { m.lock(); }
      int size() override { return 1; }
    };)"),
            "serve");
}

TEST(TaskReach, WhatALibraryConstructs) {
  EXPECT_EQ(lowered(R"(
    struct Session { Session() : worker([] {}) {} ~Session() { worker.join(); } std::thread worker; };
    struct Plain { Plain() {} };
    void open() { auto s = std::make_shared<Session>(); }
    void fill(std::list<Session> &v) { v.emplace_back(); }
    void note() { auto s = std::make_shared<Plain>(); })"),
            "fill open");
}

TEST(TaskReach, EndsOfVariablesAndMembers) {
  EXPECT_EQ(lowered(R"(
    struct Pool { ~Pool() { worker.join(); } std::thread worker; };
    struct Server { std::unique_ptr<Pool> pool; };
    void drop(std::unique_ptr<Server>) {}
    void keep(Server &) {})"),
            "drop");
}

TEST(TaskReach, DefaultsAndLambdas) {
  EXPECT_EQ(lowered(R"(
    void work() {}
    int start() { std::thread(work).detach(); return 0; }
    struct Auto { int started = start(); };
    void make() { Auto a; }
    void given(int n = start());
    void passes() { given(); }
    void generic() { auto f = [](auto n) { start(); }; f(1); }
    void plain() { auto f = [](auto n) { return n; }; f(1); })"),
            "generic make passes start work");
}

TEST(TaskReach, WhoSharesWhatIsStatic) {
  const char Code[] = R"(
    static std::mutex m;
    static std::condition_variable c;
    LINKAGE bool closed;
    static int opened;
    void wait() { std::unique_lock<std::mutex> held(m); while (!closed) c.wait(held); }
    void close() { closed = true; }
    void count() { ++opened; })";
  EXPECT_EQ(lowered(std::string("#define LINKAGE static\n") + Code), "close wait");
  EXPECT_EQ(lowered(std::string("#define LINKAGE\n") + Code), "wait");
}

TEST(TaskReach, WhatAStructOfCIsGivenTo) {
  EXPECT_EQ(lowered(R"(
    struct feed { pthread_mutex_t mu; int size; };
    struct other { int size; };
    void feed_push(struct feed *f) { pthread_mutex_lock(&f->mu); }
    int feed_size(struct feed *f) { return f->size; }
    int other_size(struct other *o) { return o->size; })",
                    "input.c"),
            "feed_push feed_size");
}

TEST(TaskReach, TheProgramItself) {
  EXPECT_EQ(lowered("void f(std::mutex &m) { m.lock(); } int main() { return 0; }"), "f main");
  EXPECT_EQ(lowered("int main() { return 0; }"), "");
}
