// Files as findings name them.

#include "Folder.h"

#include "driver/AbsolutePath.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;

namespace {

struct AbsolutePathTest : testing::Test {
  Folder F;

  std::string of(StringRef Name) {
    IntrusiveRefCntPtr<vfs::FileSystem> System = vfs::createPhysicalFileSystem();
    System->setCurrentWorkingDirectory(F.Root);
    clang::FileManager Files(clang::FileSystemOptions(), System);
    return absolutePath(Name, Files);
  }
};

} // namespace

TEST_F(AbsolutePathTest, DotsAreResolved) {
  F.write("inc/x.h", "");
  F.write("src/a.cpp", "");
  EXPECT_EQ(of("src/../inc/./x.h"), F.path("inc/x.h"));
}

TEST_F(AbsolutePathTest, LinksStay) {
  F.write("real/x.h", "");
  ASSERT_FALSE(sys::fs::create_link(F.path("real"), F.path("link")));
  EXPECT_EQ(of("link/./x.h"), F.path("link/x.h"));
}

TEST_F(AbsolutePathTest, DotsBehindALinkAreFollowed) {
  F.write("usr/lib/gcc/stddef.h", "");
  F.write("usr/include/latch", "");
  ASSERT_FALSE(sys::fs::create_link(F.path("usr/lib"), F.path("lib")));
  EXPECT_EQ(of("lib/gcc/../../include/latch"), F.path("usr/include/latch"));
}
