// Commands of real builds as the analysis runs them.

#include "driver/Flags.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;
using Words = std::vector<std::string>;

static Words adjusted(Words Command, FlagOptions Options = {"/res", {}, {}}) {
  return analysisFlags(Command, "a.cpp", Options);
}

TEST(Flags, OutputsAreDropped) {
  Words Found = adjusted({"g++", "-MD", "-MF", "a.d", "-o", "a.o", "-c", "a.cpp"});
  for (const char *Gone : {"-MD", "-MF", "a.d", "-o", "a.o", "-c"})
    EXPECT_FALSE(is_contained(Found, Gone)) << Gone;
  EXPECT_TRUE(is_contained(Found, "-fsyntax-only"));
}

TEST(Flags, WhatOnlyGccKnowsIsDropped) {
  Words Found = adjusted({"g++", "-fno-canonical-system-headers", "-fmodule-mapper=x", "-O2",
                          "-Wlogical-op", "-DX", "a.cpp"});
  EXPECT_FALSE(is_contained(Found, "-fno-canonical-system-headers"));
  EXPECT_FALSE(is_contained(Found, "-fmodule-mapper=x"));
  EXPECT_TRUE(is_contained(Found, "-O2"));
  EXPECT_TRUE(is_contained(Found, "-DX"));
  EXPECT_TRUE(is_contained(Found, "a.cpp"));
}

TEST(Flags, ExtraArgumentsStandFirstAndLast) {
  Words Found = adjusted({"c++", "-DX", "a.cpp"}, {"/res", {"--driver-mode=g++"}, {"-DY"}});
  auto At = [&](StringRef Word) { return find(Found, Word) - Found.begin(); };
  EXPECT_LT(At("--driver-mode=g++"), At("-DX"));
  EXPECT_LT(At("-DX"), At("-DY"));
  EXPECT_LT(At("-DY"), ptrdiff_t(Found.size()));
}

TEST(Flags, GivenResourceFolderWins) {
  EXPECT_TRUE(is_contained(adjusted({"c++", "a.cpp"}), "-resource-dir=/res"));
  EXPECT_FALSE(
      is_contained(adjusted({"c++", "-resource-dir=/own", "a.cpp"}), "-resource-dir=/res"));
}

TEST(Flags, HeadersOfClangAreFound) {
  auto Found = resourceFolder("/nowhere/bin/taskleak", nullptr);
  EXPECT_TRUE(bool(Found));
  consumeError(Found.takeError());
}
