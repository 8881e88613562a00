// Parsing and exploring for the tests of this folder.

#include "Running.h"

#include "skeleton/Text.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

namespace taskleak {

Unit parse(llvm::StringRef Text) {
  llvm::Expected<Unit> U = parseUnit(Text);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError());
    return {};
  }
  for (const std::string &Fault : verify(*U))
    ADD_FAILURE() << Fault;
  return std::move(*U);
}

Exploration run(const Unit &U, bool OwnsGlobals, const Budget &Limits) {
  return explore(U, 0, OwnsGlobals, Limits);
}

std::vector<std::string> names(const Unit &U, const Exploration &E) {
  std::vector<std::string> Out;
  for (const Stuck &S : E.Stucks)
    Out.push_back(spelling(at(U, S.At).Code).str() + " '" + S.Object + "'");
  llvm::sort(Out);
  return Out;
}

std::vector<std::string> stuck(llvm::StringRef Text, bool OwnsGlobals, const Budget &Limits) {
  Unit U = parse(Text);
  return names(U, run(U, OwnsGlobals, Limits));
}

} // namespace taskleak
