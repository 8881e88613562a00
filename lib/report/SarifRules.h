// The checks as SARIF's rules: what code scanning shows beside each alert.

#pragma once

#include "report/Report.h"

#include "llvm/ADT/ArrayRef.h"

#include <nlohmann/json.hpp>

namespace taskleak {

/// The level of a finding: proven is an error, likely a warning, possible a note.
const char *sarifLevel(Evidence E);

/// `tool.driver.rules`, in the order of \p Rules. \p Home is the project's
/// address, under which the pages stand; empty: no links.
nlohmann::ordered_json sarifRules(llvm::ArrayRef<Rule> Rules, llvm::StringRef Home);

} // namespace taskleak
