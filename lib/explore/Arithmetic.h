// Computing with known numbers, of which the larger ones are written small; see Numbers.cpp.
// Each yields nothing where the result is not followed.

#pragma once

#include "explore/Program.h"

namespace taskleak {

/// How \p N is written, unless that would stand for another number.
std::optional<Value> written(const Program &P, int64_t N);

/// A number that stands for no larger one.
bool isExact(const Program &P, Value V);

inline bool isBelowZero(Value V) { return V.isInt() && V.N < 0; }

std::optional<Value> product(const Program &P, Value A, Value B);
/// A quotient or a remainder.
std::optional<Value> divided(const Program &P, Op O, Value A, Value B);
/// The same of a number below zero, which stands for one larger than all that are not.
std::optional<Value> dividedUnsigned(const Program &P, Op O, Value A, Value B);
/// Whether A comes before B, where one of them is below zero and so the larger one.
Value lessUnsigned(Value A, Value B);
std::optional<Value> bits(const Program &P, Op O, Value A, Value B);
std::optional<Value> shifted(const Program &P, Op O, Value A, Value B);

} // namespace taskleak
