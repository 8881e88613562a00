// Origins of slots, without regard to the order of instructions, and of what
// functions wait on; see Origins.h. Too large a set costs a needless exploration,
// too small a one a finding. What is stored in a parameter's object is lost: an
// entry's parameters are unknown. What is stored in an object made here is
// reached through that.

#include "link/Origins.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace llvm;

namespace taskleak {

bool isOwnGlobal(const Unit &U, const Operand &O) {
  if (O.K != Operand::Kind::Global)
    return false;
  const Global &G = U.Globals[size_t(O.Number)];
  return G.InternalOnly && !G.Constant;
}

bool Origins::add(const Origins &Other) {
  bool Changed = (Other.Made && !Made) || (Other.Static && !Static) ||
                 (Other.Parameter & ~Parameter);
  Made |= Other.Made;
  Static |= Other.Static;
  Parameter |= Other.Parameter;
  return Changed;
}

namespace {
class FunctionOrigins {
  const Unit &U;
  const CallGraph &Graph;
  const Function &F;
  const std::vector<OriginSummary> &Known;
  std::vector<Origins> Slots;
  OriginSummary &Mine;
  bool Changed = false;

  void add(Origins &To, const Origins &From) { Changed |= To.add(From); }
  Origins of(const Operand &O) const;
  Origins through(const Origins &CalleeSide, ArrayRef<Operand> Arguments) const;
  void result(const Instruction &I, ArrayRef<FunctionId> Callees);
  void starts(const Operand &Callable, ArrayRef<Operand> Arguments);
  void effect(const Instruction &I, ArrayRef<FunctionId> Callees);

public:
  FunctionOrigins(const Unit &U, const CallGraph &Graph, FunctionId Id,
                  std::vector<OriginSummary> &All);
  /// True if the summary has grown.
  bool run();
};
} // namespace

FunctionOrigins::FunctionOrigins(const Unit &U, const CallGraph &Graph, FunctionId Id,
                                 std::vector<OriginSummary> &All)
    : U(U), Graph(Graph), F(U.Functions[Id]), Known(All), Slots(F.Slots.size()), Mine(All[Id]) {
  for (SlotId P = 0; P < F.Params && P < Slots.size(); ++P)
    Slots[P].Parameter = uint64_t(1) << std::min(P, Origins::LastBit);
}

Origins FunctionOrigins::of(const Operand &O) const {
  if (O.isSlot())
    return Slots[O.Number];
  Origins Own;
  Own.Static = isOwnGlobal(U, O);
  return Own;
}

/// What a callee's origins are in the caller.
Origins FunctionOrigins::through(const Origins &CalleeSide, ArrayRef<Operand> Arguments) const {
  Origins Here;
  Here.Made = CalleeSide.Made;
  Here.Static = CalleeSide.Static;
  for (unsigned P = 0; P < Arguments.size(); ++P)
    if (CalleeSide.Parameter >> std::min(P, Origins::LastBit) & 1)
      Here.add(of(Arguments[P]));
  return Here;
}

/// \p Callable may run with \p Arguments behind its captures.
void FunctionOrigins::starts(const Operand &Callable, ArrayRef<Operand> Arguments) {
  if (Callable.K == Operand::Kind::Function)
    return add(Mine.WaitsOn, through(Known[Callable.Number].WaitsOn, Arguments));
  // Which closure it is stays open; its captures were counted where it was made.
  for (const Operand &A : Arguments) {
    Origins From = of(A);
    Mine.WaitsOn.Made |= From.Made;
    Mine.WaitsOn.Static |= From.Static;
  }
}

void FunctionOrigins::result(const Instruction &I, ArrayRef<FunctionId> Callees) {
  if (I.Result == NoId && I.Received == NoId)
    return;
  Origins R;
  OpGroup G = group(I.Code);
  for (FunctionId C : Callees)
    R.add(through(Known[C].Returns, I.Operands));
  R.Made |= I.Code == Op::Make || I.Code == Op::New || I.Code == Op::Spawn ||
            I.Code == Op::Sequence || I.Code == Op::Cell || I.Code == Op::Copy;
  if (Callees.empty() && I.Code != Op::Extern && G != OpGroup::Object)
    for (const Operand &O : I.Operands)
      R.add(of(O));
  for (SlotId S : {I.Result, I.Received})
    if (S != NoId)
      add(Slots[S], R);
}

static bool waitsOnObject(const Instruction &I) {
  return !I.Flag.has(Flag::Try) && (group(I.Code) == OpGroup::Wait || I.Code == Op::Join);
}

void FunctionOrigins::effect(const Instruction &I, ArrayRef<FunctionId> Callees) {
  ArrayRef<Operand> Operands = I.Operands;
  if (waitsOnObject(I))
    for (const Operand &O : Operands.take_front(std::min<size_t>(Operands.size(), I.Code == Op::Wait ? 2 : 1)))
      add(Mine.WaitsOn, of(O));
  for (FunctionId C : Callees)
    add(Mine.WaitsOn, through(Known[C].WaitsOn, Operands));
  if (I.Code == Op::Spawn || I.Code == Op::CallClosure || I.Code == Op::Closure)
    starts(Operands[0], Operands.drop_front());
  if (I.Code == Op::Select)
    for (const Operand &O : Operands)
      starts(O, {});
  if (I.Code == Op::Return && !Operands.empty())
    add(Mine.Returns, of(Operands[0]));
}

bool FunctionOrigins::run() {
  OriginSummary Before = Mine;
  do {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        ArrayRef<FunctionId> Callees = Graph.called(I);
        result(I, Callees);
        effect(I, Callees);
      }
  } while (Changed);
  bool Waits = Before.WaitsOn.add(Mine.WaitsOn);
  return Before.Returns.add(Mine.Returns) || Waits;
}

std::vector<OriginSummary> originSummaries(const Unit &U, const CallGraph &G,
                                           const std::vector<bool> &Roots) {
  std::vector<OriginSummary> All(U.Functions.size());
  std::vector<bool> Stale = Roots;
  G.spreadToCallees(Stale);
  const std::vector<bool> Wanted = Stale;
  std::vector<bool> Grown(U.Functions.size());
  for (bool Changed = true; Changed;) {
    Changed = false;
    std::vector<bool> Before = std::exchange(Grown, std::vector<bool>(U.Functions.size()));
    for (FunctionId F : G.BottomUp) {
      bool IsStale = Stale[F] || any_of(G.Callees[F], [&](FunctionId C) {
                       return Before[C] || Grown[C];
                     });
      if (!Wanted[F] || !IsStale)
        continue;
      Stale[F] = false;
      Grown[F] = FunctionOrigins(U, G, F, All).run();
      Changed |= Grown[F];
    }
  }
  return All;
}

} // namespace taskleak
