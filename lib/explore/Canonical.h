// One state for all that differ in nothing that matters: numbers of objects and
// symbols, the order of tasks, slots that are not read again, garbage.

#pragma once

#include "explore/Program.h"
#include "explore/World.h"

#include "llvm/Support/xxhash.h"

namespace taskleak {

/// What two states that behave alike have in common.
struct Fingerprint {
  uint64_t High = 0, Low = 0;
  friend bool operator==(const Fingerprint &, const Fingerprint &) = default;
};

struct Canonical {
  Fingerprint Print;
  /// For each task in its new place: its index before.
  llvm::SmallVector<uint8_t, 8> From;
  unsigned Words = 0; ///< How much was written down for it.
};

/// Puts the tasks into their canonical order, frees what nobody reaches, finds
/// out what several tasks reach, and yields the state's fingerprint.
Canonical canonicalize(const Program &P, World &W);

} // namespace taskleak
