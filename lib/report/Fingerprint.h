// Our own fingerprint of a finding, `taskleak/v1`: it stays when lines move, when
// objects are renamed and when other findings come and go elsewhere.

#pragma once

#include "report/Report.h"

#include <string>
#include <vector>

namespace taskleak {

/// One for each finding of \p R, unique within the report. \p Uris names the
/// report's files.
std::vector<std::string> fingerprints(const Report &R, const std::vector<std::string> &Uris);

} // namespace taskleak
