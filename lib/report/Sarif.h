// SARIF 2.1.0: what CI services and editors read. One file for one run; the same
// bytes for the same findings, wherever and however they were found.

#pragma once

#include "report/Report.h"
#include "report/Sources.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace taskleak {

struct SarifOptions {
  std::string Root;    ///< Absolute; all addresses are relative to it.
  std::string Version; ///< The program's.
  std::string Home;    ///< The project's address; may be empty.
};

/// Writes the whole file. Every finding's check must be among \p Rules.
void writeSarif(const Report &R, llvm::ArrayRef<Rule> Rules, Sources &Texts,
                const SarifOptions &Options, llvm::raw_ostream &OS);

} // namespace taskleak
