// SARIF's readers count columns in UTF-16 code units; Clang counts bytes.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace taskleak {

/// The 1-based UTF-16 column of the 1-based byte column \p ByteColumn of
/// \p Line. A column past the end becomes the one after the last unit.
unsigned utf16Column(llvm::StringRef Line, unsigned ByteColumn);

/// The code units of a UTF-8 text; what is not UTF-8 becomes U+FFFD.
std::vector<uint16_t> utf16Units(llvm::StringRef Text);

} // namespace taskleak
