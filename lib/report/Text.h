// Findings for people at a terminal, in the form that compilers use, so that
// editors and CI logs find the places.
//   order.cpp:12:3: warning: the send to 'orders' can block for ever [taskleak-blocking-send]

#pragma once

#include "report/Report.h"
#include "report/Sources.h"

#include "llvm/Support/raw_ostream.h"

#include <string>

namespace taskleak {

struct TextOptions {
  std::string Base;   ///< Files below it are named relative to it.
  bool Color = false;
};

/// Writes each finding with its source line, then the schedule as notes.
void printText(const Report &R, Sources &Texts, const TextOptions &Options, llvm::raw_ostream &OS);

/// Writes one line for each unit that could not be judged.
void printFailures(const Report &R, const TextOptions &Options, llvm::raw_ostream &OS);

/// "3 findings (2 proven, 1 likely) in 12 units"
std::string summary(const Report &R);

} // namespace taskleak
