// Files that are known to be writable before the work and whole after it.

#include "Folder.h"

#include "driver/OutputFile.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;

static std::string errorOf(const std::string &Path) {
  Expected<OutputFile> File = OutputFile::open(Path);
  return File ? "" : toString(File.takeError());
}

static void writeText(OutputFile &File, StringRef Text) {
  Error E = File.write([&](raw_ostream &OS) { OS << Text; });
  EXPECT_FALSE(bool(E));
  consumeError(std::move(E));
}

TEST(OutputFile, OldFileStaysUntilTheNewOneIsComplete) {
  Folder F;
  F.write("x.sarif", "old");
  Expected<OutputFile> File = OutputFile::open(F.path("x.sarif"));
  ASSERT_TRUE(bool(File));
  EXPECT_EQ(F.read("x.sarif"), "old");
  writeText(*File, "new");
  EXPECT_EQ(F.read("x.sarif"), "new");
}

TEST(OutputFile, NothingIsLeftWithoutAWrite) {
  Folder F;
  { EXPECT_TRUE(bool(OutputFile::open(F.path("x.sarif")))); }
  std::error_code Code;
  sys::fs::directory_iterator Entry(F.Root, Code);
  EXPECT_EQ(Entry, sys::fs::directory_iterator());
}

TEST(OutputFile, MissingFolderIsNamed) {
  Folder F;
  std::string Path = F.path("none/x.sarif");
  EXPECT_EQ(errorOf(Path), "cannot write '" + Path +
                               "': No such file or directory; create the folder or name another file");
}

TEST(OutputFile, FolderIsNoFile) {
  Folder F;
  EXPECT_EQ(errorOf(F.Root), "cannot write '" + F.Root + "': it is a folder; name a file in it");
}

TEST(OutputFile, DevicesAreWrittenInPlace) {
  Expected<OutputFile> File = OutputFile::open("/dev/null");
  ASSERT_TRUE(bool(File));
  writeText(*File, "gone");
}
