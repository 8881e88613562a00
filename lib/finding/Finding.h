// One finding: what a user is told, in every output. Plain data.

#pragma once

#include "skeleton/Place.h"

#include <cstdint>
#include <string>
#include <vector>

namespace taskleak {

/// How sure a finding is; the order is from least to most sure.
enum class Evidence : uint8_t { Possible, Likely, Proven };

/// One thing that happens on the way to the stuck state.
struct TrailStep {
  Place At;
  std::string Message; ///< "sends to 'orders' and waits: its capacity 2 is used up"
  unsigned Order = 0;  ///< Position in the schedule over all tasks, from 1.
  bool Stuck = false;  ///< The task never goes on from here.
};

/// What one task did, in its own order.
struct Trail {
  std::string Task; ///< "task 'worker'", "main task"
  std::vector<TrailStep> Steps;
};

/// A place that the message refers to as [text](id) does in SARIF.
struct RelatedPlace {
  Place At;
  std::string Message;
};

struct Finding {
  std::string Check;   ///< Id, without prefix.
  Place At;
  std::string Message; ///< Lower case, no full stop.
  Evidence Sure = Evidence::Likely;
  std::string Function;             ///< Qualified name of the function that At stands in.
  std::vector<Trail> Trails;        ///< One for each task in the schedule.
  std::vector<RelatedPlace> Related;
  std::vector<std::string> Assumptions; ///< "`err` is true"
  std::string Help;                 ///< How to mend it; may be empty.
};

/// The words of the text and SARIF forms.
const char *spelling(Evidence);

} // namespace taskleak
