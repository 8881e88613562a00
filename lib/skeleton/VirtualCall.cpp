// Looks at each record of the unit; see VirtualCall.h.

#include "skeleton/VirtualCall.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static bool isA(const RecordType &R, StringRef Class) {
  return Class.empty() || R.Name == Class || is_contained(R.Bases, Class);
}

SmallVector<Overrider, 4> overriders(const Unit &U, StringRef Text) {
  VirtualCallee Callee(Text);
  SmallVector<Overrider, 4> Found;
  for (uint32_t R = 0; R < U.Records.size(); ++R) {
    if (U.Records[R].Methods.empty() || !isA(U.Records[R], Callee.Class))
      continue;
    for (const auto &[Key, F] : U.Records[R].Methods) {
      auto IsSame = [Id = F](const Overrider &O) { return O.F == Id; };
      if (Key == Callee.Key && F != NoId && none_of(Found, IsSame))
        Found.push_back({R, F});
    }
  }
  return Found;
}

} // namespace taskleak
