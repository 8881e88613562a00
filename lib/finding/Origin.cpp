// Where an operand's value comes from.

#include "finding/Origin.h"

#include "finding/Fault.h"
#include "skeleton/CallGraph.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// Calls \p Visit with each instruction of a function and its address.
template <typename Visitor>
static void forEachInstruction(const Unit &U, FunctionId F, Visitor Visit) {
  const Function &Fn = U.Functions[F];
  for (BlockId B = 0; B < Fn.Blocks.size(); ++B)
    for (uint32_t I = 0; I < Fn.Blocks[B].Body.size(); ++I)
      Visit(Fn.Blocks[B].Body[I], InstructionRef{F, B, I});
}

Source source(const Unit &U, FunctionId F, Operand Value) {
  // Moves in a loop could lead round for ever; no chain is longer than this.
  for (unsigned Hops = 0; Value.isSlot() && Hops < 32; ++Hops) {
    InstructionRef Found;
    unsigned Setters = 0;
    forEachInstruction(U, F, [&](const Instruction &I, InstructionRef Ref) {
      if (I.Result == Value.Number || I.Received == Value.Number) {
        Found = Ref;
        ++Setters;
      }
    });
    if (Setters != 1)
      return {Value, {}};
    const Instruction &I = at(U, Found);
    if (I.Code != Op::Move && I.Code != Op::Copy)
      return {Value, Found};
    Value = I.Operands[0];
  }
  return {Value, {}};
}

std::string objectName(const Unit &U, InstructionRef At) {
  const Instruction &I = at(U, At);
  if (I.Operands.empty())
    return "";
  Operand Object = I.Operands[0];
  if (Object.K == Operand::Kind::Global)
    return U.Globals[size_t(Object.Number)].Name;
  const Function &F = U.Functions[At.F];
  if (!Object.isSlot())
    return "";
  if (size_t(Object.Number) < F.Slots.size() && !F.Slots[size_t(Object.Number)].Name.empty())
    return F.Slots[size_t(Object.Number)].Name;
  InstructionRef Set = definition(U, At.F, Object);
  return Set.isValid() ? at(U, Set).Text : "";
}

/// The named slot that a slot is or is moved to.
static std::string variableOf(const Unit &U, FunctionId Id, SlotId Slot) {
  const Function &F = U.Functions[Id];
  std::string Name = Slot < F.Slots.size() ? F.Slots[Slot].Name : "";
  forEachInstruction(U, Id, [&](const Instruction &I, InstructionRef) {
    bool Keeps = I.Code == Op::Move && I.Result < F.Slots.size() &&
                 I.Operands[0] == Operand::slot(Slot);
    if (Keeps && Name.empty())
      Name = F.Slots[I.Result].Name;
  });
  return Name;
}

std::string handleOf(const Unit &U, InstructionRef Spawn) {
  const Instruction &I = at(U, Spawn);
  if (I.Result != NoId)
    return variableOf(U, Spawn.F, I.Result);
  std::optional<Operand> Future = I.named(Role::Fulfil);
  return Future && Future->isSlot() ? variableOf(U, Spawn.F, SlotId(Future->Number)) : "";
}

/// The closure that makes a callable, if the callable is one.
static const Instruction *closureOf(const Unit &U, FunctionId F, Operand Callable) {
  InstructionRef Made = definition(U, F, Callable);
  return Made.isValid() && at(U, Made).Code == Op::Closure ? &at(U, Made) : nullptr;
}

static FunctionId functionOf(const Unit &U, FunctionId F, Operand Callable) {
  if (Callable.K == Operand::Kind::Function)
    return FunctionId(Callable.Number);
  const Instruction *Closure = closureOf(U, F, Callable);
  if (Closure && Closure->Operands[0].K == Operand::Kind::Function)
    return FunctionId(Closure->Operands[0].Number);
  return NoId;
}

FunctionId spawnedFunction(const Unit &U, InstructionRef Spawn) {
  const Instruction &I = at(U, Spawn);
  bool HasCallable = I.Code == Op::Spawn || I.Code == Op::CallClosure;
  return HasCallable && !I.Operands.empty() ? functionOf(U, Spawn.F, I.Operands[0]) : NoId;
}

std::vector<bool> reachable(const Unit &U, FunctionId Root) {
  std::vector<bool> Seen(U.Functions.size());
  std::vector<FunctionId> Work;
  auto Add = [&](FunctionId F) {
    if (F != NoId && !Seen[F]) {
      Seen[F] = true;
      Work.push_back(F);
    }
  };
  Add(Root);
  while (!Work.empty()) {
    FunctionId F = Work.back();
    Work.pop_back();
    std::vector<FunctionId> Spawned;
    forEachInstruction(U, F, [&](const Instruction &I, InstructionRef Ref) {
      if (I.Code == Op::Spawn)
        Spawned.push_back(spawnedFunction(U, Ref));
    });
    forEachInstruction(U, F, [&](const Instruction &I, InstructionRef) {
      llvm::for_each(calledFunctions(U, I), Add);
      for (Operand O : I.Operands)
        if (O.K == Operand::Kind::Function && !llvm::is_contained(Spawned, O.Number))
          Add(FunctionId(O.Number));
    });
  }
  return Seen;
}

bool mayDo(const Unit &U, FunctionId Root, llvm::ArrayRef<Op> Codes) {
  std::vector<bool> Runs = reachable(U, Root);
  bool Found = false;
  for (FunctionId F = 0; F < Runs.size(); ++F)
    if (Runs[F])
      forEachInstruction(U, F, [&](const Instruction &I, InstructionRef) {
        Found |= llvm::is_contained(Codes, I.Code);
      });
  return Found;
}

/// What the caller passes for parameter \p Param of the function it enters.
static std::optional<Operand> argument(const Unit &U, InstructionRef Caller, uint32_t Param) {
  const Instruction &I = at(U, Caller);
  if (I.Code == Op::Call || I.Code == Op::CallVirtual)
    return Param < I.Operands.size() ? std::optional(I.Operands[Param]) : std::nullopt;
  if (I.Operands.empty())
    return std::nullopt;
  uint32_t Captured = 0;
  if (const Instruction *Closure = closureOf(U, Caller.F, I.Operands[0])) {
    Captured = uint32_t(Closure->Operands.size()) - 1;
    if (Param < Captured)
      return Closure->Operands[Param + 1];
  }
  uint32_t Index = 1 + Param - Captured;
  return Index < I.Operands.size() ? std::optional(I.Operands[Index]) : std::nullopt;
}

/// The only cancel that is stored in a field of this name.
static InstructionRef cancelInField(const Unit &U, llvm::StringRef Field) {
  InstructionRef Found;
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    forEachInstruction(U, F, [&](const Instruction &I, InstructionRef) {
      if (I.Code != Op::Store || I.Text != Field || I.Operands.size() < 2)
        return;
      InstructionRef Made = definition(U, F, I.Operands[1]);
      if (Made.isValid() && at(U, Made).Code == Op::Make &&
          at(U, Made).Kind == ObjectKind::Cancel)
        Found = Made;
    });
  return Found;
}

InstructionRef cancelMade(const Unit &U, const Stuck &S) {
  HonouredCancel Honoured = honouredCancel(U, S);
  if (Honoured.F == NoId)
    return {};
  std::optional<Operand> Value = Honoured.Cancel;
  FunctionId F = Honoured.F;
  std::vector<InstructionRef> Callers;
  if (at(U, S.At).named(Role::Cancel)) {
    Callers = S.Callers;
    Callers.push_back(S.Tasks[S.Victim].Spawned);
  }
  for (size_t Frame = 0; Value; ++Frame) {
    Source From = source(U, F, *Value);
    if (From.Set.isValid() && at(U, From.Set).Code == Op::Make)
      return From.Set;
    if (From.Set.isValid() && at(U, From.Set).Code == Op::Load)
      return cancelInField(U, at(U, From.Set).Text);
    bool IsParam = From.Value.isSlot() && From.Value.Number < U.Functions[F].Params;
    if (!IsParam || Frame >= Callers.size() || !Callers[Frame].isValid())
      return {};
    F = Callers[Frame].F;
    Value = argument(U, Callers[Frame], uint32_t(From.Value.Number));
  }
  return {};
}

} // namespace taskleak
