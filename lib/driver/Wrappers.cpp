// Which functions are wrappers.

#include "driver/Wrappers.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static const Instruction *onlySetter(const Function &F, Operand Value) {
  const Instruction *Found = nullptr;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Result == Value.Number || I.Received == Value.Number) {
        if (Found)
          return nullptr;
        Found = &I;
      }
  return Found;
}

std::optional<FromParameter> fromParameter(const Function &F, Operand Value) {
  FromParameter Out;
  // No chain of moves and members is longer.
  for (unsigned Hops = 0; Value.isSlot() && Hops < 16; ++Hops) {
    if (Value.Number < F.Params) {
      Out.Param = unsigned(Value.Number);
      return Out;
    }
    const Instruction *Set = onlySetter(F, Value);
    if (!Set)
      return std::nullopt;
    switch (Set->Code) {
    case Op::Load:
    case Op::Address:
      Out.Member = Out.Member.empty() ? Set->Text : Set->Text + "." + Out.Member;
      break;
    case Op::Move:
    case Op::Get:
    case Op::Cell:
      break;
    default:
      return std::nullopt;
    }
    Value = Set->Operands[0];
  }
  return std::nullopt;
}

static bool isNoticed(const Instruction &I) {
  switch (group(I.Code)) {
  case OpGroup::Wait:
  case OpGroup::Waker:
  case OpGroup::Task:
  case OpGroup::Object:
    return true;
  case OpGroup::Call:
    return I.Code != Op::Extern || I.Flag.has(Flag::Escapes);
  default:
    return I.Code == Op::Escape;
  }
}

bool isNoticed(const Unit &U, FunctionId F) {
  return any_of(U.Functions[F].Blocks, [](const Block &B) {
    return any_of(B.Body, [](const Instruction &I) { return isNoticed(I); });
  });
}

namespace {

class Finder {
  const Unit &U;
  const Function &F;
  FunctionId Id;
  unsigned Depth;

public:
  Finder(const Unit &U, FunctionId Id, unsigned Depth)
      : U(U), F(U.Functions[Id]), Id(Id), Depth(Depth) {}

  std::optional<Wrapper> find() const;

private:
  std::optional<InstructionRef> theOnlyOne() const {
    std::optional<InstructionRef> Only;
    for (BlockId B = 0; B < F.Blocks.size(); ++B)
      for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N) {
        if (!isNoticed(F.Blocks[B].Body[N]))
          continue;
        if (Only || B != 0)
          return std::nullopt;
        Only = InstructionRef{Id, B, N};
      }
    return Only;
  }

  bool isReturned(SlotId Slot) const {
    return Slot != NoId && any_of(F.Blocks, [&](const Block &B) {
             const Instruction &Last = B.Body.back();
             if (Last.Code != Op::Return || Last.Operands.empty() || !Last.Operands[0].isSlot())
               return false;
             const Instruction *Set = onlySetter(F, Last.Operands[0]);
             while (Set && Set->Code == Op::Move && Set->Operands[0].isSlot())
               Set = onlySetter(F, Set->Operands[0]);
             return Set && (Set->Result == Slot || Set->Received == Slot);
           });
  }

  std::optional<Wrapper> throughCall(const Instruction &Call) const;
};

} // namespace

/// A wrapper of a wrapper.
std::optional<Wrapper> Finder::throughCall(const Instruction &Call) const {
  constexpr unsigned Deepest = 4;
  if (Call.Code != Op::Call || Depth >= Deepest || Call.Callee >= U.Functions.size())
    return std::nullopt;
  std::optional<Wrapper> Inner = Finder(U, Call.Callee, Depth + 1).find();
  if (!Inner || Inner->Object.Param >= Call.Operands.size())
    return std::nullopt;
  auto Here = [&](FromParameter There) -> std::optional<FromParameter> {
    if (There.Param >= Call.Operands.size())
      return std::nullopt;
    auto From = fromParameter(F, Call.Operands[There.Param]);
    if (From && !There.Member.empty())
      From->Member += (From->Member.empty() ? "" : ".") + There.Member;
    return From;
  };
  std::optional<FromParameter> Object = Here(Inner->Object);
  if (!Object)
    return std::nullopt;
  Inner->Object = *Object;
  if (Inner->With)
    Inner->With = Here(*Inner->With);
  bool IsReturned = isReturned(Call.Result);
  Inner->YieldsStatus &= IsReturned;
  Inner->YieldsValue &= IsReturned;
  return Inner;
}

std::optional<Wrapper> Finder::find() const {
  std::optional<InstructionRef> Only = theOnlyOne();
  if (!Only)
    return std::nullopt;
  const Instruction &I = at(U, *Only);
  if (group(I.Code) == OpGroup::Call)
    return throughCall(I);
  if (I.Operands.empty())
    return std::nullopt;
  std::optional<FromParameter> Object = fromParameter(F, I.Operands[0]);
  if (!Object)
    return std::nullopt;
  Wrapper Out{*Only, *Object, std::nullopt, isReturned(I.Result), isReturned(I.Received)};
  if (I.Operands.size() > 1)
    Out.With = fromParameter(F, I.Operands[1]);
  return Out;
}

std::optional<Wrapper> wrapper(const Unit &U, FunctionId F) { return Finder(U, F, 0).find(); }

} // namespace taskleak
