// What the user typed, checked as far as words go.

#pragma once

#include "finding/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace taskleak {

struct CommandLine {
  std::string BuildFolder, Checks, Sarif, Root, StatsFile;
  std::vector<std::string> Files, Models, ExtraBefore, ExtraAfter;
  std::optional<std::vector<std::string>> Flags; ///< What follows "--".
  std::optional<Evidence> Least;
  std::optional<bool> Color;
  unsigned Jobs = 0;
  bool Quiet = false, Stats = false, ExplainSilence = false, DumpSkeleton = false;
  bool ExitZero = false, ListChecks = false, Version = false, Help = false, Verify = false;
  bool Infer = false; ///< Not an option: `model infer`.
};

/// Reads the words after the program's name. Errors name the option and, for a
/// misspelt one, the nearest.
llvm::Expected<CommandLine> parseCommandLine(llvm::ArrayRef<const char *> Words);

void printHelp(llvm::raw_ostream &OS);

} // namespace taskleak
