// Slots in which a loop mixes data into a number that nobody can tell from outside.
//   for (uint8_t Byte : payload) sum = (sum ^ Byte) * 16777619;

#pragma once

#include "skeleton/Regions.h"

namespace taskleak {

/// By slot: whether some operation of \p R mixes data into it, by multiplying or by an
/// exclusive or. Sums, flags and indices are none: what they count may be waited for.
std::vector<bool> digests(const Function &F, const Region &R);

} // namespace taskleak
