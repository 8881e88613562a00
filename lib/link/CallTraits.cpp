// Summaries over the functions that one call runs; see CallTraits.h.

#include "link/CallTraits.h"

#include "skeleton/OwnMemory.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// The callables of \p F that start as tasks of their own.
static SmallVector<Operand, 4> startedIn(const Function &F) {
  SmallVector<Operand, 4> Out;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Code == Op::Spawn && !I.Operands.empty())
        Out.push_back(I.Operands[0]);
  return Out;
}

std::vector<FunctionId> sameTask(const Unit &U, FunctionId Root) {
  std::vector<bool> Seen(U.Functions.size());
  std::vector<FunctionId> Out;
  auto Add = [&](FunctionId F) {
    if (F < Seen.size() && !Seen[F]) {
      Seen[F] = true;
      Out.push_back(F);
    }
  };
  Add(Root);
  for (size_t Next = 0; Next < Out.size(); ++Next) {
    const Function &F = U.Functions[Out[Next]];
    SmallVector<Operand, 4> Started = startedIn(F);
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        for_each(calledFunctions(U, I), Add);
        bool Starts = I.Code == Op::Spawn ||
                      (I.Code == Op::Closure && is_contained(Started, Operand::slot(I.Result)));
        for (const Operand &O : I.Operands)
          if (!Starts && O.K == Operand::Kind::Function)
            Add(FunctionId(O.Number));
      }
  }
  return Out;
}

static bool stores(Op Code) {
  return Code == Op::Store || Code == Op::Put || Code == Op::Append || Code == Op::Prepend ||
         Code == Op::TakeFirst || Code == Op::TakeLast || Code == Op::SetAt || Code == Op::Clear;
}

static void add(CallTraits &To, const Instruction &I, const OwnMemory &Own) {
  if (I.Code == Op::Spawn)
    To.Spawns = true;
  else if (I.Code == Op::Join || I.Code == Op::Kill)
    To.Joins = true;
  else if (I.Code == Op::Lock)
    ++To.Locks;
  else if (I.Code == Op::Outside || (group(I.Code) == OpGroup::Wait && !I.Flag.has(Flag::Try)))
    To.Waits = true;
  else if (stores(I.Code))
    To.Changes |= Own.isForeign(I.Operands.front());
  else if (I.Code != Op::Unlock && group(I.Code) == OpGroup::Waker)
    To.Changes = true;
}

CallTraits callTraits(const Unit &U, FunctionId F) {
  CallTraits Out;
  for (FunctionId Runs : sameTask(U, F)) {
    OwnMemory Own(U.Functions[Runs]);
    for (const Block &B : U.Functions[Runs].Blocks)
      for (const Instruction &I : B.Body)
        add(Out, I, Own);
  }
  return Out;
}

static StringRef nameOf(const Unit &U, const Function &F, const Operand &O) {
  if (O.K == Operand::Kind::Global)
    return U.Globals[size_t(O.Number)].Name;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (O.isSlot() && I.Result == SlotId(O.Number) &&
          (I.Code == Op::Load || I.Code == Op::Address))
        return I.Text;
  return {};
}

StringRef fieldOf(const Unit &U, InstructionRef At) {
  const Instruction &I = at(U, At);
  return I.Operands.empty() ? StringRef() : nameOf(U, U.Functions[At.F], I.Operands[0]);
}

bool unlocksForOthers(const Unit &U, FunctionId F) {
  SmallVector<StringRef, 4> Locked;
  for (FunctionId Runs : sameTask(U, F))
    for (const Block &B : U.Functions[Runs].Blocks)
      for (const Instruction &I : B.Body)
        for (const Operand &O : I.Operands)
          if (I.Code == Op::Lock)
            Locked.push_back(nameOf(U, U.Functions[Runs], O));
  for (FunctionId Runs : sameTask(U, F))
    for (const Block &B : U.Functions[Runs].Blocks)
      for (const Instruction &I : B.Body)
        if (I.Code == Op::Unlock && !I.Flag.has(Flag::Guard) && !I.Operands.empty() &&
            !is_contained(Locked, nameOf(U, U.Functions[Runs], I.Operands[0])))
          return true;
  return false;
}

bool handsOut(const Unit &U, FunctionId F) {
  return !U.Functions[F].YieldsNumber && anyInstruction(U.Functions[F], [](const Instruction &I) {
    return I.Code == Op::Return && !I.Operands.empty() && I.Operands[0].isSlot();
  });
}

/// An operation that can end the wait of another.
static bool wakes(const Instruction &I) {
  bool Waits = group(I.Code) == OpGroup::Wait && I.Code != Op::Lock && I.Code != Op::Wait;
  return I.Code == Op::Put || Waits || I.Code == Op::Kill || I.Code == Op::Reset ||
         (group(I.Code) == OpGroup::Waker && I.Code != Op::Unlock);
}

bool mayTouch(const Unit &U, FunctionId F, StringRef Object) {
  for (FunctionId Runs : sameTask(U, F))
    for (const Block &B : U.Functions[Runs].Blocks)
      for (const Instruction &I : B.Body) {
        if (!wakes(I) || I.Operands.empty())
          continue;
        StringRef Name = nameOf(U, U.Functions[Runs], I.Operands[0]);
        if (Name.empty() || Name == Object)
          return true;
      }
  return false;
}

} // namespace taskleak
