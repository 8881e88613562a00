// The analysis that a unit's check objects share: made once, owned by the unit's
// AST, and nobody else's, however many units there are at a time.

#include "UnitFindings.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include "gtest/gtest.h"

#include <memory>
#include <thread>

using namespace taskleak;

namespace {

/// A channel of the user's own, and as many sends as it has no room for.
std::unique_ptr<clang::ASTUnit> unitWithSends(unsigned Sends) {
  std::string Code = R"(
    struct __attribute__((annotate("taskleak::type object kind=channel"))) Box {
      __attribute__((annotate("taskleak::make count=1"))) Box();
      __attribute__((annotate("taskleak::send value=0"))) void put(int);
    };
  )";
  for (unsigned I = 0; I < Sends; ++I)
    Code += "void f" + std::to_string(I) + "() { Box B; B.put(1); B.put(2); }\n";
  return clang::tooling::buildASTFromCodeWithArgs(Code, {"-std=c++20"});
}

TEST(UnitFindings, AreSharedWithinAUnit) {
  auto Unit = unitWithSends(1);
  ASSERT_TRUE(Unit);
  UnitFindings &First = UnitFindings::of(Unit->getASTContext(), "");
  EXPECT_EQ(&First, &UnitFindings::of(Unit->getASTContext(), ""));
  EXPECT_NE(&First, &UnitFindings::of(Unit->getASTContext(), "none.yaml"));
}

TEST(UnitFindings, EndWithTheUnit) {
  // One AST after another, often at the same address.
  for (unsigned Sends : {3u, 1u, 2u, 0u}) {
    auto Unit = unitWithSends(Sends);
    ASSERT_TRUE(Unit);
    EXPECT_EQ(UnitFindings::of(Unit->getASTContext(), "").result().Found.size(), Sends);
  }
}

TEST(UnitFindings, OfSeveralUnitsAtATime) {
  std::vector<unsigned> Seen(6);
  std::vector<std::thread> Threads;
  for (unsigned Sends = 0; Sends < Seen.size(); ++Sends)
    Threads.emplace_back([Sends, &Seen] {
      auto Unit = unitWithSends(Sends);
      for (int Again = 0; Unit && Again < 3; ++Again)
        Seen[Sends] = unsigned(UnitFindings::of(Unit->getASTContext(), "").result().Found.size());
    });
  for (std::thread &Thread : Threads)
    Thread.join();
  EXPECT_EQ(Seen, (std::vector<unsigned>{0, 1, 2, 3, 4, 5}));
}

TEST(UnitFindings, TellProblemsOnce) {
  auto Unit = unitWithSends(1);
  ASSERT_TRUE(Unit);
  UnitFindings &Found = UnitFindings::of(Unit->getASTContext(), "none.yaml;;nor this.yaml");
  EXPECT_EQ(Found.takeProblems().size(), 2u);
  EXPECT_TRUE(Found.takeProblems().empty());
}

} // namespace
