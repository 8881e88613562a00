// Flow-insensitive taint from parameters to what is done with them; see
// CallFacts.h. What is not known counts as kept: that keeps obligations silent.

#include "flow/CallFacts.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

bool throwsOnOutcome(const Instruction &I) {
  return any_of(I.Outcomes, [](const OutcomeValue &O) { return O.Throws; });
}

bool discharges(const Instruction &I) {
  switch (I.Code) {
  case Op::Count:
    return I.Operands[1].K != Operand::Kind::Int || I.Operands[1].Number < 0;
  case Op::Fulfil:
  case Op::Break:
  case Op::Request:
  case Op::Reset:
  case Op::Kill:
    return true;
  default:
    return false;
  }
}

bool CallFacts::mayThrow(const Instruction &I) const {
  if (I.Code == Op::CallClosure)
    return true;
  if (I.Code == Op::Extern)
    return I.Flag.has(Flag::Throws);
  ArrayRef<FunctionId> Callees = Graph.called(I);
  return throwsOnOutcome(I) || any_of(Callees, [&](FunctionId F) { return MayThrow[F]; });
}

namespace {
class Taint {
  CallFacts &Facts;
  const Function &F;
  ParameterFacts &Mine;
  std::vector<uint64_t> Slots;

  uint64_t of(const Operand &O) const { return O.isSlot() ? Slots[O.Number] : 0; }
  uint64_t all(ArrayRef<Operand> Operands) const;
  void result(const Instruction &I);
  void effect(const Instruction &I);
  void into(FunctionId Callee, ArrayRef<Operand> Arguments);

public:
  Taint(CallFacts &Facts, FunctionId Id)
      : Facts(Facts), F(Facts.U.Functions[Id]), Mine(Facts.Parameters[Id]), Slots(F.Slots.size()) {
    for (SlotId P = 0; P < F.Params && P < Slots.size(); ++P)
      Slots[P] = uint64_t(1) << std::min(P, 63u);
  }
  bool run();
};
} // namespace

uint64_t Taint::all(ArrayRef<Operand> Operands) const {
  uint64_t Bits = 0;
  for (const Operand &O : Operands)
    Bits |= of(O);
  return Bits;
}

void Taint::into(FunctionId Callee, ArrayRef<Operand> Arguments) {
  if (Facts.U.Functions[Callee].Blocks.empty()) {
    Mine.Keeps |= all(Arguments);
    return;
  }
  const ParameterFacts Theirs = Facts.Parameters[Callee];
  for (size_t A = 0; A < Arguments.size(); ++A) {
    uint64_t Bit = uint64_t(1) << std::min<size_t>(A, 63);
    uint64_t Bits = of(Arguments[A]);
    Mine.Discharges |= Theirs.Discharges & Bit ? Bits : 0;
    Mine.Keeps |= Theirs.Keeps & Bit ? Bits : 0;
    Mine.WaitsWith |= Theirs.WaitsWith & Bit ? Bits : 0;
  }
}

void Taint::result(const Instruction &I) {
  // A truth about a value is not the value.
  if (group(I.Code) == OpGroup::Value && I.Code != Op::Move && I.Code != Op::Closure)
    return;
  uint64_t Bits = all(I.Operands);
  for (SlotId S : {I.Result, I.Received})
    if (S != NoId)
      Slots[S] |= Bits;
}

void Taint::effect(const Instruction &I) {
  ArrayRef<Operand> Operands = I.Operands;
  if (discharges(I))
    Mine.Discharges |= of(Operands[0]);
  if (I.Code == Op::Requested || I.Code == Op::OnRequest)
    Mine.WaitsWith |= of(Operands[0]);
  for (const auto &[Name, Value] : I.Named) {
    Mine.WaitsWith |= Name == Role::Cancel ? of(Value) : 0;
    Mine.Discharges |= Name == Role::Fulfil ? of(Value) : 0;
  }
  switch (I.Code) {
  case Op::Store: case Op::Put: case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Send:
  case Op::Fulfil:
    if (Operands.size() > 1)
      Mine.Keeps |= of(Operands.back());
    return;
  case Op::Escape: case Op::Return: case Op::CallClosure:
    Mine.Keeps |= all(Operands);
    return;
  case Op::Extern:
    Mine.Keeps |= I.Flag.has(Flag::Escapes) ? all(Operands) : 0;
    return;
  case Op::Closure: case Op::Spawn:
    if (Operands[0].K == Operand::Kind::Function)
      into(Operands[0].Number, Operands.drop_front());
    else
      Mine.Keeps |= all(Operands.drop_front());
    return;
  case Op::Call: case Op::CallVirtual: {
    ArrayRef<FunctionId> Callees = Facts.Graph.called(I);
    Mine.Keeps |= Callees.empty() ? all(Operands) : 0;
    for (FunctionId C : Callees)
      into(C, Operands);
    return;
  }
  default:
    return;
  }
}

bool Taint::run() {
  ParameterFacts Before = Mine;
  for (bool Changed = true; Changed;) {
    std::vector<uint64_t> Was = Slots;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        result(I);
    Changed = Was != Slots;
  }
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      effect(I);
  return !(Before == Mine);
}

/// An exception leaves from where no block of the function catches it.
static bool letsOut(const CallFacts &Facts, const Function &F) {
  if (F.NoExcept)
    return false;
  return any_of(F.Blocks, [&](const Block &B) {
    return B.Unwind == NoId && any_of(B.Body, [&](const Instruction &I) {
             return I.Code == Op::Throw || Facts.mayThrow(I);
           });
  });
}

namespace {
/// Who is made a callable of, who is spawned, and whose exceptions end the process.
class Callables {
  CallFacts &Facts;
  std::vector<bool> MayHandle; ///< Spawned where an exception does not end the process.
  std::vector<FunctionId> Made; ///< By slot: the closure's function.

  void spawned(const Instruction &I);
  void visit(const Instruction &I);

public:
  explicit Callables(CallFacts &Facts) : Facts(Facts), MayHandle(Facts.U.Functions.size()) {}
  void run();
};
} // namespace

void Callables::spawned(const Instruction &I) {
  const Operand &Callable = I.Operands[0];
  FunctionId Runs = NoId;
  if (Callable.K == Operand::Kind::Function)
    Runs = Callable.Number;
  else if (Callable.isSlot())
    Runs = Made[Callable.Number];
  if (Runs == NoId)
    return;
  Facts.IsTask[Runs] = true;
  if (I.Flag.has(Flag::Terminates))
    Facts.ThrowTerminates[Runs] = true;
  else
    MayHandle[Runs] = true;
}

void Callables::visit(const Instruction &I) {
  for (const Operand &O : I.Operands)
    if (O.K == Operand::Kind::Function)
      Facts.IsCallable[O.Number] = true;
  if (I.Code == Op::Closure && I.Operands[0].K == Operand::Kind::Function && I.Result != NoId)
    Made[I.Result] = I.Operands[0].Number;
  if (I.Code == Op::Spawn)
    spawned(I);
}

void Callables::run() {
  for (const Function &F : Facts.U.Functions) {
    Made.assign(F.Slots.size(), NoId);
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        visit(I);
  }
  for (FunctionId F = 0; F < MayHandle.size(); ++F)
    Facts.ThrowTerminates[F] = Facts.ThrowTerminates[F] && !MayHandle[F];
}

CallFacts::CallFacts(const Unit &U)
    : U(U), Graph(U), Classes(U), Parameters(U.Functions.size()), MayThrow(U.Functions.size()),
      IsCallable(U.Functions.size()), IsTask(U.Functions.size()),
      ThrowTerminates(U.Functions.size()) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FunctionId F : Graph.BottomUp) {
      bool Throws = letsOut(*this, U.Functions[F]);
      Changed |= Taint(*this, F).run() || Throws != MayThrow[F];
      MayThrow[F] = Throws;
    }
  }
  Callables(*this).run();
}

} // namespace taskleak
