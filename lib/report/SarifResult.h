// One finding as one SARIF result.

#pragma once

#include "report/SarifPlaces.h"

namespace taskleak {

/// The result of \p F: message with links to the other places, location, one
/// thread flow a task, fingerprints, evidence. \p Rule is its index in the rules.
nlohmann::ordered_json sarifResult(const Finding &F, unsigned Rule, const std::string &Fingerprint,
                                   SarifPlaces &Places);

} // namespace taskleak
