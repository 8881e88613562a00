// Conditions: lost wake-ups.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// A waiter with a stop flag in a record; the caller stops it with \p Stop, where %0 is
/// the record, %1 its lock and %2 its condition, and joins.
static Names waiter(const std::string &Stop, const Budget &Limits = {}) {
  return stuck(R"(
    unit "a.cpp"
    record "Worker" embedded(m_, cv_)
    function @0 "f" {
      b0:
        %0 = new "Worker"
        %1 = make lock "m_"
        store "m_" %0, %1
        %2 = make condition "cv_"
        store "cv_" %0, %2
        store "stop_" %0, 0
        %3 = closure @1, %0
        %4 = spawn "worker" %3
)" + Stop + R"(
        join %4
        return
    }
    function @1 "run" params=1 captures=1 {
      b0:
        %1 = load "m_" %0
        %2 = load "cv_" %0
        lock %1
        jump b1
      b1:
        %3 = load "stop_" %0
        branch %3 b3 b2
      b2:
        wait %2, %1
        jump b1
      b3:
        unlock %1
        return
    }
  )",
               false, Limits);
}

static const char SetUnderLock[] = R"(
        lock %1
        store "stop_" %0, 1
        unlock %1
        notify.all %2
)";

static const char SetOutsideLock[] = R"(
        store "stop_" %0, 1
        notify.all %2
)";

TEST(Condition, FlagUnderLock) { EXPECT_EQ(waiter(SetUnderLock), Names{}); }

TEST(Condition, FlagOutsideLock) {
  EXPECT_EQ(waiter(SetOutsideLock), (Names{"join 'worker'", "wait 'cv_'"}));
}

TEST(Condition, NobodyNotifies) {
  EXPECT_EQ(waiter("store \"stop_\" %0, 1"), (Names{"join 'worker'", "wait 'cv_'"}));
  EXPECT_EQ(waiter(""), (Names{"join 'worker'", "wait 'cv_'"}));
}

TEST(Condition, LostWakeUpIsTold) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = make condition "cv"
        %2 = closure @1, %0, %1
        %3 = spawn "waiter" %2
        notify %1
        join %3
        return
    }
    function @1 "wait" params=2 captures=2 {
      b0:
        lock %0
        wait %1, %0
        unlock %0
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(names(U, E), (Names{"join 'waiter'", "wait 'cv'"}));
  bool Told = false;
  for (const Stuck &S : E.Stucks)
    for (const ScheduleStep &Step : S.Schedule)
      Told |= at(U, Step.At).Code == Op::Notify && Step.Note == "wakes nobody";
  EXPECT_TRUE(Told);
}

TEST(Condition, OneNotifyForTwoWaiters) {
  auto With = [](const std::string &Notify) {
    return stuck(R"(
    unit "a.cpp"
    record "Gate"
    function @0 "f" {
      b0:
        %0 = new "Gate"
        %1 = make lock "m"
        %2 = make condition "cv"
        store "open" %0, 0
        %3 = closure @1, %0, %1, %2
        %4 = spawn "waiter" %3
        %5 = spawn "waiter" %3
        lock %1
        store "open" %0, 1
        )" + Notify + R"( %2
        unlock %1
        join %4
        join %5
        return
    }
    function @1 "wait" params=3 captures=3 {
      b0:
        lock %1
        jump b1
      b1:
        %3 = load "open" %0
        branch %3 b3 b2
      b2:
        wait %2, %1
        jump b1
      b3:
        unlock %1
        return
    }
  )");
  };
  EXPECT_EQ(With("notify.all"), Names{});
  EXPECT_EQ(With("notify"), (Names{"join 'waiter'", "join 'waiter'", "wait 'cv'"}));
}

TEST(Condition, WokenButWithoutLock) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = make condition "cv"
        %2 = closure @1, %0, %1
        lock %0
        %3 = spawn "waiter" %2
        wait.timed %1, %0
        notify %1
        join %3
        return
    }
    function @1 "wait" params=2 captures=2 {
      b0:
        lock %0
        wait %1, %0
        unlock %0
        return
    }
  )");
  Exploration E = run(U);
  bool Woken = false;
  for (const Stuck &S : E.Stucks)
    Woken |= at(U, S.At).Code == Op::Wait && S.Kind == ObjectKind::Lock && S.Object == "m";
  EXPECT_TRUE(Woken);
}

/// Waits while the atomic is 0; the caller does \p Then with it, %0, and joins.
static Names atomicWait(const std::string &Make, const std::string &Then) {
  return stuck(R"(
    unit "a.cpp"
    record "R"
    function @0 "f" {
      b0:
        )" + Make + R"(
        %1 = closure @1, %0
        %2 = spawn "waiter" %1
        )" + Then + R"(
        join %2
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        wait %0, null, 0
        return
    }
  )");
}

TEST(Condition, AtomicWait) {
  for (const char *Make : {"%0 = cell 0", "%9 = new \"R\"\n store \"a\" %9, 0\n %0 = address \"a\" %9"}) {
    EXPECT_EQ(atomicWait(Make, "put %0, 1\n notify %0"), Names{});
    EXPECT_EQ(atomicWait(Make, "put %0, 1").size(), 2u) << "nobody is told";
    EXPECT_EQ(atomicWait(Make, "notify %0\n put %0, 1").size(), 2u) << "told too early";
    EXPECT_EQ(atomicWait(Make, "put %0, ?\n notify %0"), Names{});
    EXPECT_EQ(atomicWait(Make, "notify %0").size(), 2u) << "nothing has changed";
  }
}

/// Two tasks wait on a lock itself until a flag is set; \p Then is what the caller does.
static Names waitsOnLock(const std::string &Then) {
  return stuck(R"(
    unit "a.cpp"
    record "R"
    function @0 "f" {
      b0:
        %0 = new "R"
        %1 = make lock "m"
        store "on" %0, 0
        %2 = closure @1, %0, %1
        %3 = spawn "first" %2
        %4 = spawn "second" %2
        )" + Then +
               R"(
        join %3
        join %4
        return
    }
    function @1 "wait" params=2 captures=2 {
      b0:
        lock %1
        %2 = move 1
        jump b1
      b1:
        %3 = load "on" %0
        branch %3 b3 b2
      b2:
        wait "m" %1, %1, %2
        %2 = move 0
        jump b1
      b3:
        unlock %1
        return
    }
  )");
}

TEST(Condition, LockInPlaceOfCondition) {
  EXPECT_EQ(waitsOnLock("lock %1\n store \"on\" %0, 1\n unlock %1"), Names{});
  EXPECT_EQ(waitsOnLock(""), (Names{"join 'first'", "wait 'm'"}))
      << "they do not keep each other going";
  // Who comes later, and finds it set, tells the other.
  EXPECT_EQ(waitsOnLock("store \"on\" %0, 1"), (Names{"join 'first'", "wait 'm'"}))
      << "nobody is told";
  EXPECT_EQ(waitsOnLock("lock %1\n unlock %1\n store \"on\" %0, 1"),
            (Names{"join 'first'", "wait 'm'"}))
      << "told too early";
}
