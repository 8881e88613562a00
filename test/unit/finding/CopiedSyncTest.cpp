// copied-sync on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A job with a semaphore, and a task that posts the job that it is given.
static std::string job(const char *Given, const char *Copy = "copy.copies") {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
record "Job" embedded(done)
function @0 "play" params=0 {
  b0:
    %0 = new "Job"
    %1 = make counter 0 "done" !0:2:3-9
    store "done" %0, %1
    %2 = COPY %0 !0:3:3-9
    %3 = closure @1, GIVEN
    %4 = spawn.terminates "voice" %3 !0:4:3-9
    %5 = load "done" %0
    acquire %5, 1 !0:5:3-9
    join %4 !0:6:3-9
    return
}
function @1 "voice" params=1 captures=1 .called {
  b0:
    %1 = load "done" %0
    count %1, 1 !0:10:3-9
    return
}
)";
  Text.replace(Text.find("COPY"), 4, Copy);
  return Text.replace(Text.find("GIVEN"), 5, Given);
}

TEST(CopiedSyncCheck, TheCopyIsPosted) {
  Findings Found = analyzed(job("%2").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("copied-sync:5 proven: acquire of 'done' can block for ever: "
                          "it has been copied, and 'voice' uses the other"));
  ASSERT_EQ(Found.size(), 1u);
  std::vector<std::string> Related;
  for (const RelatedPlace &R : Found[0].Related)
    Related.push_back(std::to_string(R.At.Line) + " " + R.Message);
  EXPECT_THAT(Related,
              testing::IsSupersetOf({"3 'done' is copied here", "10 the other is used here"}));
}

TEST(CopiedSyncCheck, TheOriginalIsPosted) { EXPECT_THAT(told(job("%0").c_str()), IsEmpty()); }

TEST(CopiedSyncCheck, AMoveIsNoCopy) {
  EXPECT_THAT(told(job("%2", "copy").c_str()),
              ElementsAre(testing::StartsWith("unwoken-wait:5 proven: acquire of 'done'")));
}
