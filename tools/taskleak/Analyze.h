// The program's main work: pick units, run them, write what was found.

#pragma once

#include "CommandLine.h"

namespace taskleak {

/// How the program ends.
enum ExitCode : int { Clean = 0, HasFindings = 1, Failed = 2 };

/// An error is a mistake in the request, found before anything is analysed.
llvm::Expected<ExitCode> analyzeUnits(const CommandLine &Line, const std::string &ResourceFolder);

} // namespace taskleak
