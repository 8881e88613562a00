// Which units are analysed, and by which command.

#include "Folder.h"

#include "driver/UnitCommands.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;
using Names = std::vector<std::string>;

namespace {

struct UnitCommandsTest : testing::Test {
  Folder F;
  UnitRequest Request;

  UnitCommandsTest() { Request.WorkingFolder = F.Root; }

  /// A database in \p Where with an entry for each word of \p Files.
  void database(StringRef Where, const Names &Files, StringRef Flags = "") {
    Names Entries;
    for (const std::string &File : Files) {
      F.write(File, "");
      Entries.push_back("{\"directory\":\"" + F.Root + "\",\"file\":\"" + File +
                        "\",\"command\":\"c++ " + Flags.str() + " -c " + File + "\"}");
    }
    F.write(Where.str() + "/compile_commands.json", "[" + join(Entries, ",") + "]");
  }

  /// The files relative to the folder, or the error.
  Names files() {
    auto Found = unitCommands(Request);
    if (!Found)
      return {toString(Found.takeError())};
    Names Out;
    for (const auto &C : *Found)
      Out.push_back(C.Filename.substr(F.Root.size() + 1));
    return Out;
  }
};

} // namespace

TEST_F(UnitCommandsTest, FindsTheDatabaseInUsualFolders) {
  for (const char *Where : {"build", "out", "cmake-build-debug", "_build", "."}) {
    database(Where, {"b.cpp", "a.cpp"});
    EXPECT_EQ(files(), (Names{"a.cpp", "b.cpp"})) << Where;
    sys::fs::remove(F.path(std::string(Where) + "/compile_commands.json"));
  }
}

TEST_F(UnitCommandsTest, FindsTheDatabaseAboveTheFile) {
  database("build", {"src/deep/a.cpp", "src/b.cpp"});
  Request.WorkingFolder = F.Root + "/src/deep";
  Request.Files = {"a.cpp"};
  EXPECT_EQ(files(), Names{"src/deep/a.cpp"});
}

TEST_F(UnitCommandsTest, FolderSelectsWhatLiesBelow) {
  database("build", {"src/a.cpp", "src2/b.cpp", "src/c/d.cpp"});
  Request.Files = {"src"};
  EXPECT_EQ(files(), (Names{"src/a.cpp", "src/c/d.cpp"}));
}

TEST_F(UnitCommandsTest, HeaderIsCompiledLikeItsNeighbour) {
  database("build", {"src/queue.cpp"}, "-DQUEUE=1");
  F.write("src/queue.h", "");
  Request.Files = {"src/queue.h"};
  auto Found = unitCommands(Request);
  ASSERT_TRUE(bool(Found)) << toString(Found.takeError());
  EXPECT_TRUE(is_contained(Found->front().CommandLine, "-DQUEUE=1"));
}

TEST_F(UnitCommandsTest, EqualCommandsRunOnce) {
  F.write("a.cpp", "");
  std::string Entry = "{\"directory\":\"" + F.Root + "\",\"file\":\"a.cpp\",\"command\":\"c++ -o ";
  F.write("compile_commands.json",
          "[" + Entry + "x.o a.cpp\"}," + Entry + "y.o a.cpp\"}," + Entry + "z.o -DZ a.cpp\"}]");
  EXPECT_EQ(files(), (Names{"a.cpp", "a.cpp"}));
}

TEST_F(UnitCommandsTest, AssemblerIsNoUnit) {
  database("build", {"a.cpp", "start.S", "b.c"});
  EXPECT_EQ(files(), (Names{"a.cpp", "b.c"}));
}

TEST_F(UnitCommandsTest, FlagsAfterDashes) {
  F.write("a.cpp", "");
  Request.Files = {"a.cpp"};
  // As CMake and Bazel call a linter: the compiler's whole command follows.
  Request.Flags = {"/usr/bin/c++", "-DX=1", "-o", "a.o", "-c", "a.cpp"};
  auto Found = unitCommands(Request);
  ASSERT_TRUE(bool(Found)) << toString(Found.takeError());
  ASSERT_EQ(Found->size(), 1u);
  EXPECT_EQ(Found->front().Filename, F.path("a.cpp"));
  EXPECT_EQ(count(Found->front().CommandLine, "-DX=1"), 1);
  EXPECT_EQ(count(Found->front().CommandLine, "a.cpp"), 0);
}

TEST_F(UnitCommandsTest, ErrorsNameFileAndMend) {
  Request.Files = {"gone.cpp"};
  Request.Flags.emplace();
  EXPECT_EQ(files(), Names{"no such file: 'gone.cpp'"});
  Request.Files = {};
  EXPECT_EQ(files(), Names{"no file before '--'"});
  Request.Flags.reset();
  Request.BuildFolder = "elsewhere";
  EXPECT_NE(files()[0].find("in 'elsewhere'"), std::string::npos);
  EXPECT_NE(files()[0].find("CMAKE_EXPORT_COMPILE_COMMANDS"), std::string::npos);
}

TEST_F(UnitCommandsTest, ResponseFilesAreRead) {
  F.write("flags.rsp", "-DFROM_FILE=1");
  database("build", {"a.cpp"}, "@flags.rsp");
  auto Found = unitCommands(Request);
  ASSERT_TRUE(bool(Found)) << toString(Found.takeError());
  EXPECT_TRUE(is_contained(Found->front().CommandLine, "-DFROM_FILE=1"));
}

TEST_F(UnitCommandsTest, BrokenDatabaseIsNamed) {
  F.write("build/compile_commands.json", "{ nonsense");
  EXPECT_NE(files()[0].find("cannot read '" + F.path("build/compile_commands.json") + "'"),
            std::string::npos);
}
