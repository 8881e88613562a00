// What is a library's, with -I or without, and what is the program's own.

#include "model/SystemHeader.h"

#include "clang/AST/ASTContext.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include "gtest/gtest.h"

using namespace clang;

namespace {

/// Whether what \p File declares is a system header's, where \p Flag names its directory.
bool isSystemIn(const std::string &File, const std::string &Flag) {
  auto Unit = tooling::buildASTFromCodeWithArgs(
      "#include <parts/queue.h>", {Flag}, "main.cpp", "clang-tool",
      std::make_shared<PCHContainerOperations>(), tooling::getClangStripDependencyFileAdjuster(),
      {{File, "struct queue {};"}});
  auto Found = Unit->getASTContext().getTranslationUnitDecl()->lookup(
      &Unit->getASTContext().Idents.get("queue"));
  EXPECT_FALSE(Found.empty());
  return !Found.empty() && taskleak::isSystem(**Found.begin());
}

TEST(SystemHeader, WhatPackagesInstall) {
  EXPECT_TRUE(isSystemIn("/usr/include/own/parts/queue.h", "-I/usr/include/own"));
  EXPECT_TRUE(isSystemIn("/usr/local/include/parts/queue.h", "-I/usr/local/include"));
}

TEST(SystemHeader, WhatTheCompilerIsTold) {
  EXPECT_TRUE(isSystemIn("/home/me/parts/queue.h", "-isystem/home/me"));
  EXPECT_FALSE(isSystemIn("/home/me/parts/queue.h", "-I/home/me"));
  EXPECT_FALSE(isSystemIn("/usr/src/parts/queue.h", "-I/usr/src"));
}

} // namespace
