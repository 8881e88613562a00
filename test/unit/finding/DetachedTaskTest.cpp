// detached-task on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A task uses a variable of its starter. \p Then: what the starter does with the task.
static std::string starter(const char *Then, const char *Main = "") {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "start" params=0 MAIN {
  b0:
    %0 = cell "count" 0 !0:2:3-9
    %3 = make counter 1 "done"
    %1 = closure @1, %0, %3
    %2 = spawn.terminates "worker" %1 !0:3:3-9
    THEN
    end %0 !0:5:3-9
    return
}
function @1 "worker" params=2 captures=2 .called {
  b0:
    put %0, 1 !0:8:3-9
    count %1, -1
    %2 = get %0
    branch %2 b1 b1
  b1:
    return
}
)";
  Text.replace(Text.find("THEN"), 4, Then);
  return Text.replace(Text.find("MAIN"), 4, Main);
}

TEST(DetachedTaskCheck, OutlivesAVariable) {
  EXPECT_THAT(told(starter("detach %2 !0:4:3-9").c_str()),
              ElementsAre("detached-task:4 proven: task 'worker' outlives 'count', which it uses"));
}

TEST(DetachedTaskCheck, IsJoined) {
  EXPECT_THAT(told(starter("join %2 !0:4:3-9").c_str()), IsEmpty());
}

TEST(DetachedTaskCheck, EndsWithMain) {
  EXPECT_THAT(told(starter("detach %2 !0:4:3-9", ".main").c_str()), IsEmpty());
}

TEST(DetachedTaskCheck, IsOutOfSight) {
  EXPECT_THAT(told(starter("escape %0\ndetach %2 !0:4:3-9").c_str()), IsEmpty())
      << "who knows what is kept for whom";
}
