// Skeleton text in, findings out as lines that a test can compare.

#pragma once

#include "driver/Analysis.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace taskleak {

/// A printed skeleton as a unit; a malformed one fails the test.
Unit parsed(const char *Text);

/// The findings of a printed skeleton; a malformed one fails the test.
Findings analyzed(const char *Text, const AnalysisOptions &Options = {});

/// "CHECK:LINE EVIDENCE: MESSAGE" for each finding.
std::vector<std::string> told(const Findings &Found);
std::vector<std::string> told(const char *Text);

/// "TASK: ORDER MESSAGE" for each trail step, in schedule order.
std::vector<std::string> walked(const Finding &F);

} // namespace taskleak
