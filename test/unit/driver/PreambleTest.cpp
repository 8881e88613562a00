// In an editor a unit's headers are a precompiled preamble, and only what the main
// file needs of it is read in. The analysis does not change that.

#include "Folder.h"

#include "driver/Analysis.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Serialization/ASTDeserializationListener.h"
#include "clang/Serialization/ASTReader.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>

using namespace clang;
using namespace taskleak;

namespace {

struct CountDecls : ASTDeserializationListener {
  void DeclRead(GlobalDeclID, const Decl *) override { ++Read; }
  unsigned Read = 0;
};

std::string precompile(const Folder &In, llvm::StringRef Header) {
  std::string Path = In.write("headers.h", Header), Out = In.path("headers.pch");
  llvm::IntrusiveRefCntPtr<FileManager> Files(new FileManager(FileSystemOptions()));
  tooling::ToolInvocation Run({"clang++", "-xc++-header", "-std=c++20", Path, "-o", Out},
                              std::make_unique<GeneratePCHAction>(), Files.get());
  EXPECT_TRUE(Run.run());
  return Out;
}

constexpr llvm::StringLiteral Waiting = R"(
  void open() {
    std::latch done(1);
    std::thread worker([&] { if (rand()) done.count_down(); });
    done.wait();
    worker.join();
  }
)";

} // namespace

TEST(Preamble, IsNotReadInAsAWhole) {
  Folder In;
  std::string Headers =
      precompile(In, "#include <cstdlib>\n#include <latch>\n#include <regex>\n"
                     "#include <thread>\ninline void other() { std::latch l(1); l.wait(); }\n");
  auto Unit = tooling::buildASTFromCodeWithArgs(Waiting, {"-std=c++20", "-include-pch", Headers});
  ASSERT_TRUE(Unit && Unit->getASTReader());
  ASTContext &Context = Unit->getASTContext();
  Context.setTraversalScope({Unit->top_level_begin(), Unit->top_level_end()});
  CountDecls Count;
  Unit->getASTReader()->setDeserializationListener(&Count);

  UnitResult Result = analyze(Context, {});
  EXPECT_EQ(Result.Found.size(), 1u); // The main file's; `other` is not asked for.
  unsigned Needed = Count.Read;

  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    (void)D;
  EXPECT_LT(Needed * 20, Count.Read);
  Unit->getASTReader()->setDeserializationListener(nullptr);
}
