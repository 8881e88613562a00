// Goes up from a function to those that call it.

#include "driver/Settled.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

Settled::Settled(const Unit &U, const CallGraph &Calls)
    : U(U), Runs(U.Functions.size()), Callers(U.Functions.size()) {
  for (FunctionId Caller = 0; Caller < U.Functions.size(); ++Caller)
    for (FunctionId F : Calls.Callees[Caller])
      Callers[F].push_back(Caller);
}

static bool mayExit(const Function &F) {
  return anyInstruction(F, [](const Instruction &I) { return I.Code == Op::Exit; });
}

void Settled::add(ArrayRef<FunctionId> Visited) {
  if (any_of(Visited, [&](FunctionId F) { return mayExit(U.Functions[F]); }))
    return;
  for (FunctionId F : Visited)
    Runs[F] = true;
}

bool Settled::contains(FunctionId F) const {
  DenseSet<FunctionId> Asked;
  return contains(F, Asked);
}

bool Settled::contains(FunctionId F, DenseSet<FunctionId> &Asked) const {
  if (!Asked.insert(F).second)
    return true; // If those that call it from elsewhere are.
  if (!Runs[F])
    return false;
  const Function &Fn = U.Functions[F];
  return Fn.Params == 0 || Fn.IsMain ||
         (Fn.InternalOnly &&
          all_of(Callers[F], [&](FunctionId Caller) { return contains(Caller, Asked); }));
}

} // namespace taskleak
