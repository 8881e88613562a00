// A finding's trails as one walk through the schedule, worded alike in all
// outputs: "(2) task 'worker': sends to 'orders' and waits".

#pragma once

#include "finding/Finding.h"

#include <string>
#include <vector>

namespace taskleak {

struct ScheduledStep {
  const Trail *Task;
  const TrailStep *Step;
};

/// All steps of all tasks in schedule order.
std::vector<ScheduledStep> schedule(const Finding &F);

/// A step's note.
std::string noteText(const ScheduledStep &S);

/// "assuming `err` is true and `parse` throws"; empty without assumptions.
std::string assumptionText(const Finding &F);

} // namespace taskleak
