// --checks= in clang-tidy's form.

#include "driver/CheckNames.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;
using Names = std::vector<std::string>;

static ArrayRef<const Check *> checks() {
  static const Check Send = {.Id = "blocking-send", .Summary = "", .Since = ""};
  static const Check Cancel = {.Id = "lost-cancel", .Summary = "", .Since = ""};
  static const Check Wait = {.Id = "unwoken-wait", .Summary = "", .Since = ""};
  static const Check *All[] = {&Send, &Cancel, &Wait};
  return All;
}

static Names selected(StringRef Globs) {
  auto Found = selectChecks(Globs, checks());
  return Found ? *Found : Names{toString(Found.takeError())};
}

TEST(CheckNames, NothingSaidIsAll) {
  EXPECT_EQ(selected(""), (Names{"blocking-send", "lost-cancel", "unwoken-wait"}));
}

TEST(CheckNames, NamedOnesAlone) {
  EXPECT_EQ(selected("unwoken-wait,taskleak-blocking-send"), (Names{"blocking-send", "unwoken-wait"}));
}

TEST(CheckNames, ExclusionStartsFromAll) {
  EXPECT_EQ(selected("-lost-cancel"), (Names{"blocking-send", "unwoken-wait"}));
}

TEST(CheckNames, LaterEntriesWin) {
  EXPECT_EQ(selected("-*,taskleak-*,-taskleak-*-send"), (Names{"lost-cancel", "unwoken-wait"}));
  EXPECT_EQ(selected("*, -lost-* , lost-cancel"), selected(""));
}

TEST(CheckNames, UnknownNamesTheNearest) {
  EXPECT_EQ(selected("taskleak-blokcing-send"),
            Names{"unknown check 'taskleak-blokcing-send'; did you mean 'blocking-send'?"});
  EXPECT_EQ(selected("-q"), Names{"unknown check 'q'; --list-checks shows all"});
}

TEST(CheckNames, GlobThatMatchesNothingIsUnknown) {
  EXPECT_EQ(selected("nothing-like-it-*"),
            Names{"unknown check 'nothing-like-it-*'; --list-checks shows all"});
}

TEST(CheckNames, EmptyChoiceIsAnError) {
  EXPECT_EQ(selected("-*"), Names{"'-*' leaves no check to run"});
}
