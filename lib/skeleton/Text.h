// The text form of skeletons: what `--dump=skeleton` prints and what the tests
// of everything behind `lower` are written in.

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace taskleak {

/// Writes \p U so that `parseUnit` reads back an equal unit.
void print(const Unit &U, llvm::raw_ostream &OS);
void print(const Unit &U, const Function &F, llvm::raw_ostream &OS);

/// Reads the text form. Errors name line and column and what was expected.
llvm::Expected<Unit> parseUnit(llvm::StringRef Text);

/// Says what is malformed about a unit: a target, slot or callee that does not
/// exist, a block without a terminator, a wrong number of operands. Empty: none.
std::vector<std::string> verify(const Unit &U);

} // namespace taskleak
