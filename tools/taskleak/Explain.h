// What the checks are, on the terminal.

#pragma once

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace taskleak {

/// One line for each check.
void listChecks(llvm::raw_ostream &OS);

/// The whole page of a check.
llvm::Error explain(llvm::StringRef Name, llvm::raw_ostream &OS);

} // namespace taskleak
