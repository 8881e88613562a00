// Waits of a function that has a cancel in scope and does not wait with it.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

static std::string ignored(const std::string &Function) {
  auto U = parseUnit("unit \"u\"\n" + Function);
  if (!U)
    return llvm::toString(U.takeError());
  for (const std::string &Problem : verify(*U))
    return Problem;
  std::string Found;
  for (const UnusedCancel &C : waitsIgnoringCancel(*U, 0))
    Found += place(C.Wait) + " " + C.Cancel + "\n";
  return Found;
}

static std::string withCancel(const std::string &Body) {
  return ignored("function @0 \"f\" params=2 {\nslot %0 \"stop\" kind=cancel\nslot %1 \"q\"\nb0:\n" +
                 Body + "return\n}\n");
}

TEST(IgnoredCancel, EachBlockingWait) {
  EXPECT_EQ(withCancel("send %1, 1\n%2 = receive %1\nawait %1\nacquire %1, 1\nwait %1\n"),
            "b0.0 stop\nb0.1 stop\nb0.2 stop\nb0.3 stop\nb0.4 stop\n");
}

TEST(IgnoredCancel, BoundedOrCancelledWaitsAreClean) {
  EXPECT_EQ(withCancel("send %1, 1 cancel=%0\nsend.timed %1, 1\nsend.try %1, 1\n"
                       "await.ambient %1\n"),
            "");
}

TEST(IgnoredCancel, LocksAreNotJudged) { EXPECT_EQ(withCancel("lock %1\nunlock %1\n"), ""); }

TEST(IgnoredCancel, CancelKnownByItsUse) {
  EXPECT_EQ(ignored(R"(function @0 "f" params=2 {
slot %0 "token"
b0:
  %2 = move %0
  %3 = requested %2
  branch %3 b1 b2
b1:
  return
b2:
  send %1, 1
  jump b0
})"),
            "b2.0 token\n");
}

TEST(IgnoredCancel, WokenByACallbackIsClean) {
  EXPECT_EQ(ignored(R"(function @0 "f" params=2 {
slot %0 "token" kind=cancel
b0:
  onrequest %0, ?
  %3 = receive %1
  return
})"),
            "");
}

TEST(IgnoredCancel, NoCancelInScope) {
  EXPECT_EQ(ignored("function @0 \"f\" params=1 {\nb0:\n  send %0, 1\n  return\n}\n"), "");
}
