// Who has the locks that blocked tasks wait for, and where they were taken.
//   void put() { m.lock(); if (full()) return; ... }   // taken in put, which has been left

#pragma once

#include "explore/Graph.h"

#include <map>

namespace taskleak {

/// The locks taken on one path.
class Takings {
public:
  /// \p By: index of the task's trail.
  void note(const Record::Event &E, unsigned By);

  /// The locks that tasks blocked in \p W wait for, once for each task that has one.
  /// \p Trails: of the running tasks.
  std::vector<HeldLock> heldIn(const Scene &S, const World &W,
                               const std::map<ObjectId, unsigned> &Trails) const;

private:
  struct Taking {
    ObjectId Lock, Task;
    unsigned By;
    InstructionRef At;
    std::vector<CopyOnWrite<Frame>> Stack; ///< Outermost first.
  };
  std::vector<Taking> All;

  void describe(HeldLock &Held, ObjectId Lock, ObjectId Task, const World &W) const;
};

} // namespace taskleak
