// Builds the call graph of a unit; see CallGraph.h.

#include "skeleton/CallGraph.h"

#include "skeleton/VirtualCall.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

SmallVector<FunctionId, 2> calledFunctions(const Unit &U, const Instruction &I) {
  SmallVector<FunctionId, 2> Found;
  if (I.Code == Op::Call && I.Callee < U.Functions.size())
    Found.push_back(I.Callee);
  if (I.Code == Op::CallVirtual)
    for (const Overrider &O : overriders(U, I.Text))
      Found.push_back(O.F);
  return Found;
}

ArrayRef<FunctionId> CallGraph::called(const Instruction &I) const {
  if (I.Code == Op::Call && I.Callee < Callees.size())
    return I.Callee;
  if (I.Code != Op::CallVirtual)
    return {};
  auto Known = Virtual.find(I.Text);
  return Known == Virtual.end() ? ArrayRef<FunctionId>() : ArrayRef(Known->second);
}

std::vector<FunctionId> CallGraph::callees(const Unit &U, const Function &F) {
  std::vector<FunctionId> Found;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      if (I.Code == Op::Call && I.Callee < U.Functions.size())
        Found.push_back(I.Callee);
      if (I.Code == Op::CallVirtual) {
        auto [Known, New] = Virtual.try_emplace(I.Text);
        if (New)
          Known->second = calledFunctions(U, I);
        append_range(Found, Known->second);
      }
      for (const Operand &O : I.Operands)
        if (O.K == Operand::Kind::Function)
          Found.push_back(O.Number);
    }
  sort(Found);
  Found.erase(llvm::unique(Found), Found.end());
  return Found;
}

CallGraph::CallGraph(const Unit &U) {
  for (const Function &F : U.Functions)
    Callees.push_back(callees(U, F));
  std::vector<bool> Seen(U.Functions.size());
  // Not recursive: a chain of calls may be longer than the stack is deep.
  std::vector<std::pair<FunctionId, size_t>> Path;
  for (FunctionId Root = 0; Root < U.Functions.size(); ++Root) {
    if (!Seen[Root])
      Path.push_back({Root, 0});
    Seen[Root] = true;
    while (!Path.empty()) {
      auto &[F, Next] = Path.back();
      if (Next == Callees[F].size()) {
        BottomUp.push_back(F);
        Path.pop_back();
        continue;
      }
      FunctionId To = Callees[F][Next++];
      if (!Seen[To])
        Path.push_back({To, 0});
      Seen[To] = true;
    }
  }
}

void CallGraph::spreadToCallers(std::vector<bool> &Fact) const {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FunctionId F : BottomUp)
      if (!Fact[F] && any_of(Callees[F], [&](FunctionId C) { return Fact[C]; }))
        Fact[F] = Changed = true;
  }
}

void CallGraph::spreadToCallees(std::vector<bool> &Fact) const {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FunctionId F : reverse(BottomUp)) {
      if (!Fact[F])
        continue;
      for (FunctionId Callee : Callees[F]) {
        Changed |= !Fact[Callee];
        Fact[Callee] = true;
      }
    }
  }
}

} // namespace taskleak
