// A number that a function returns and nobody reads is not worked out:
//   uint64_t total() { uint64_t Sum = 0; for (Mesh &M : meshes_) Sum += M.size; return Sum; }
//   printf("%lu\n", total());

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// Those whose result goes where it cannot be followed: who calls them is not in sight, or they
/// are called through a callable, a task or a table.
static std::vector<bool> readElsewhere(const Unit &U) {
  std::vector<bool> Read(U.Functions.size());
  auto Note = [&](FunctionId F) {
    if (F < Read.size())
      Read[F] = true;
  };
  for (const RecordType &R : U.Records)
    for (const auto &[Key, Method] : R.Methods)
      Note(Method);
  for (const Global &G : U.Globals)
    Note(G.Initializer);
  for (FunctionId Id = 0; Id < U.Functions.size(); ++Id) {
    const Function &F = U.Functions[Id];
    Read[Id] = Read[Id] || F.IsMain || F.Coroutine;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        for (const Operand &O : I.Operands)
          if (O.K == Operand::Kind::Function)
            Note(FunctionId(O.Number));
  }
  return Read;
}

/// Adds to those whose result \p F reads, and to those that it calls.
static void readByCalls(const Function &F, std::vector<bool> &Read, std::vector<bool> &Called) {
  auto Calls = [&](const Instruction &I) { return I.Code == Op::Call && I.Callee < Read.size(); };
  if (!anyInstruction(F, Calls))
    return;
  SlotUses Uses(F);
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (Calls(I)) {
        Called[I.Callee] = true;
        Read[I.Callee] = Read[I.Callee] || (I.Result != NoId && Uses.Reads[I.Result] != 0);
      }
}

/// An object may be handed out to somebody who is not in sight.
static bool returnsNumber(const Instruction &Last, const std::vector<bool> &IsNumber) {
  const Operand &Result = Last.Operands[0];
  return Result.isSlot() ? IsNumber[Result.Number]
                         : Result.K == Operand::Kind::Int || Result.isUnknown();
}

/// Whether it leaves a lock locked, or not, is for its result to tell.
static bool locks(const Function &F) {
  return anyInstruction(F, [](const Instruction &I) {
    return (I.Code == Op::Lock || I.Code == Op::Unlock) && !I.Flag.has(Flag::Guard);
  });
}

/// Says whether it did return something.
static bool returnNothing(Function &F) {
  auto Returns = [](const Block &B) {
    return B.Body.back().Code == Op::Return && !B.Body.back().Operands.empty();
  };
  if (none_of(F.Blocks, Returns))
    return false;
  if (!F.YieldsNumber) {
    std::vector<bool> IsNumber = numberSlots(F);
    if (any_of(F.Blocks, [&](const Block &B) {
          return Returns(B) && !returnsNumber(B.Body.back(), IsNumber);
        }))
      return false;
  }
  bool Changed = false;
  for (Block &B : F.Blocks)
    if (Returns(B) && !B.Body.back().Operands[0].isUnknown()) {
      B.Body.back().Operands[0] = Operand::unknown();
      Changed = true;
    }
  return Changed;
}

std::vector<bool> dropUnreadResults(Unit &U) {
  std::vector<bool> Read = readElsewhere(U);
  std::vector<bool> Called(U.Functions.size()), Changed(U.Functions.size());
  for (const Function &F : U.Functions)
    readByCalls(F, Read, Called);
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    if (Called[F] && !Read[F] && !locks(U.Functions[F]))
      Changed[F] = returnNothing(U.Functions[F]);
  return Changed;
}

} // namespace taskleak
