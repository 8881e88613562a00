// A finding as Clang diagnostics: one warning, then notes that walk the schedule.
// clang-tidy and --verify each bring the call that makes one diagnostic.

#pragma once

#include "finding/Finding.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>

namespace taskleak {

/// Makes one diagnostic from a format string of Clang's.
using DiagnosticMaker = llvm::function_ref<clang::DiagnosticBuilder(
    clang::SourceLocation, llvm::StringRef, clang::DiagnosticIDs::Level)>;

/// Where \p At begins in the unit; invalid if its file is not part of it.
clang::SourceLocation locationOf(const Place &At, const clang::SourceManager &SM,
                                 llvm::ArrayRef<std::string> Files);

/// Reports \p F: the warning, a note for each step of the schedule and each related
/// place, and, if \p Advice, what was assumed and how to mend it. \p Files is what
/// the places' numbers mean, as the source manager spells them.
void emit(const Finding &F, const clang::SourceManager &SM, llvm::ArrayRef<std::string> Files,
          DiagnosticMaker Make, bool Advice = true);

} // namespace taskleak
