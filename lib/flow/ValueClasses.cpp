// Union-find over a unit; see ValueClasses.h.

#include "flow/ValueClasses.h"

#include "flow/CallFacts.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// Node 0 is everything that has no identity here.
uint32_t ValueClasses::node(FunctionId F, const Operand &O) const {
  if (O.isSlot())
    return FirstSlot[F] + O.Number;
  if (O.K == Operand::Kind::Global)
    return FirstGlobal + O.Number;
  return 0;
}

uint32_t ValueClasses::find(uint32_t N) const {
  while (Parent[N] != N)
    N = Parent[N] = Parent[Parent[N]];
  return N;
}

void ValueClasses::unite(uint32_t A, uint32_t B) {
  if (A && B)
    Parent[find(A)] = find(B);
}

void ValueClasses::uniteArguments(FunctionId Caller, FunctionId Callee, const Instruction &I,
                                  unsigned Skip) {
  for (unsigned A = Skip; A < I.Operands.size() && A - Skip < U.Functions[Callee].Params; ++A)
    unite(node(Caller, I.Operands[A]), node(Callee, Operand::slot(A - Skip)));
}

void ValueClasses::read(FunctionId F, const Instruction &I) {
  auto Result = [&] { return I.Result == NoId ? 0 : node(F, Operand::slot(I.Result)); };
  switch (I.Code) {
  case Op::Move: case Op::Copy: case Op::Get: case Op::Cell:
    return unite(Result(), node(F, I.Operands[0]));
  case Op::Put:
    return unite(node(F, I.Operands[0]), node(F, I.Operands[1]));
  case Op::Load: case Op::Address:
    return unite(Result(), Fields[I.Text]);
  case Op::Store:
    return unite(Fields[I.Text], node(F, I.Operands[1]));
  case Op::Closure: case Op::Spawn:
    if (I.Operands[0].K == Operand::Kind::Function)
      uniteArguments(F, I.Operands[0].Number, I, 1);
    return;
  case Op::Call: case Op::CallVirtual:
    for (FunctionId C : calledFunctions(U, I))
      uniteArguments(F, C, I, 0);
    return;
  default:
    return;
  }
}

ValueClasses::ValueClasses(const Unit &U) : U(U) {
  uint32_t Next = 1;
  for (const Function &F : U.Functions) {
    FirstSlot.push_back(Next);
    Next += F.Slots.size();
  }
  FirstGlobal = Next;
  Next += U.Globals.size();
  for (const Function &F : U.Functions)
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if ((I.Code == Op::Load || I.Code == Op::Store || I.Code == Op::Address) &&
            Fields.try_emplace(I.Text, Next).second)
          ++Next;
  for (uint32_t N = 0; N < Next; ++N)
    Parent.push_back(N);
  auto Each = [&](auto Visit) {
    for (FunctionId F = 0; F < U.Functions.size(); ++F)
      for (const Block &B : U.Functions[F].Blocks)
        for (const Instruction &I : B.Body)
          Visit(F, I);
  };
  Each([&](FunctionId F, const Instruction &I) { read(F, I); });
  Acquired.resize(Next);
  DischargedBy.resize(Next);
  Each([&](FunctionId F, const Instruction &I) {
    if (I.Code == Op::Acquire)
      Acquired[find(node(F, I.Operands[0]))] = true;
    // A break is mostly a destructor's.
    if ((I.Code == Op::Count && discharges(I)) || I.Code == Op::Fulfil)
      DischargedBy[find(node(F, I.Operands[0]))].push_back(F);
  });
  Acquired[0] = false;
}

bool ValueClasses::isDischargedElsewhere(FunctionId F, const Operand &O) const {
  return any_of(DischargedBy[find(node(F, O))], [F](FunctionId By) { return By != F; });
}

} // namespace taskleak
