// Units that compile, that do not, and that use what only some bodies need.

#include "Folder.h"

#include "driver/RunAll.h"

#include <gtest/gtest.h>

#include <atomic>

using namespace llvm;
using namespace taskleak;

namespace {

struct RunAllTest : testing::Test {
  Folder F;
  RunOptions Options;

  RunAllTest() {
    Expected<std::string> Headers = resourceFolder("/nowhere/bin/taskleak", nullptr);
    if (Headers)
      Options.Flags.ResourceFolder = *Headers;
    consumeError(Headers.takeError());
  }

  clang::tooling::CompileCommand command(StringRef Name, StringRef Text) {
    std::string Path = F.write(Name, Text);
    return {F.Root, Path, {"c++", "-std=c++20", Path}, ""};
  }

  std::vector<UnitOutcome> run(const UnitCommands &Commands, unsigned Jobs = 2) {
    return runAll(Commands, Options, Jobs, [](StringRef, size_t, size_t) {});
  }
};

} // namespace

TEST_F(RunAllTest, OneThatDoesNotCompileStopsNothing) {
  auto Out = run({command("a.cpp", "int x = 1;\n"), command("bad.cpp", "\nint y = z;\nint w = z;\n"),
                  command("c.cpp", "#include <thread>\nint c() { return 2; }\n")});
  ASSERT_EQ(Out.size(), 3u);
  EXPECT_FALSE(Out[0].Failure);
  ASSERT_TRUE(Out[1].Failure);
  EXPECT_FALSE(Out[2].Failure) << failureText(*Out[2].Failure, F.Root, true);
  EXPECT_EQ(failureText(*Out[1].Failure, F.Root, true),
            "does not compile: bad.cpp:2:9: use of undeclared identifier 'z'; 2 errors");
}

TEST_F(RunAllTest, MissingFileIsAFailure) {
  auto Out = run({{F.Root, F.path("gone.cpp"), {"c++", F.path("gone.cpp")}, ""}});
  ASSERT_TRUE(Out[0].Failure);
  EXPECT_EQ(failureText(*Out[0].Failure, F.Root, true),
            "no such file; build the project first if the build makes it");
}

TEST_F(RunAllTest, CrashOfOneUnitIsAFailureOfThatUnit) {
  auto Out = run({command("a.cpp", "#pragma clang __debug parser_crash\nint a;\n"),
                  command("b.cpp", "int b;\n")});
  ASSERT_TRUE(Out[0].Failure);
  EXPECT_NE(Out[0].Failure->Why.find("crashed"), std::string::npos);
  EXPECT_FALSE(Out[1].Failure);
}

TEST_F(RunAllTest, WarningsAndUnknownFlagsAreNoFailure) {
  auto Command = command("a.cpp", "#warning old\nint f() { int unused; return 0; }\n");
  Command.CommandLine = {"g++", "-Wall", "-Werror", "-Wno-gcc-only", "-fgcc-only", Command.Filename};
  EXPECT_FALSE(run({Command})[0].Failure);
}

TEST_F(RunAllTest, RelativeNamesAreThoseOfTheCommand) {
  F.write("inc/x.h", "inline int x() { return 1; }\n");
  command("src/a.cpp", "#include \"x.h\"\nint y = x();\n");
  clang::tooling::CompileCommand Command{F.Root + "/src", F.path("src/a.cpp"),
                                         {"c++", "-I../inc", "a.cpp"}, ""};
  EXPECT_FALSE(run({Command})[0].Failure);
}

// A body that is skipped must not be one that the compiler itself needs.
TEST_F(RunAllTest, SystemBodiesThatMatterAreKept) {
  auto Out = run({command("a.cpp", "#include <array>\n#include <chrono>\n#include <string_view>\n"
                                   "constexpr std::string_view S = \"abc\";\n"
                                   "static_assert(S.substr(1).size() == 2);\n"
                                   "constexpr auto D = std::chrono::seconds(2) * 3;\n"
                                   "static_assert(std::chrono::milliseconds(D).count() == 6000);\n")});
  EXPECT_FALSE(Out[0].Failure) << failureText(*Out[0].Failure, F.Root, true);
}

TEST_F(RunAllTest, EachUnitBeginsOnce) {
  UnitCommands Commands(7, command("a.cpp", "int x;\n"));
  std::vector<size_t> Numbers;
  runAll(Commands, Options, 3, [&](StringRef, size_t Number, size_t Total) {
    Numbers.push_back(Number);
    EXPECT_EQ(Total, 7u);
  });
  EXPECT_EQ(Numbers, (std::vector<size_t>{1, 2, 3, 4, 5, 6, 7}));
}
