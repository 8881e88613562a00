// Arrays that are members and too long to be followed are not kept up to date either:
//   struct Frame { uint8_t raw[1024]; };
//   for (size_t I = 0; I < sizeof f.raw; ++I) f.raw[I] = next();

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

template <class Visit> static void forEachInstruction(const Function &F, Visit Do) {
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      Do(I);
}

/// The members that are objects, and that never hold one that is known.
static StringSet<> unknownFields(Unit &U) {
  StringSet<> Fields;
  for (const RecordType &R : U.Records)
    for (const std::string &Field : R.Embedded)
      Fields.insert(Field);
  StringSet<> Stored;
  for (const Function &F : U.Functions)
    forEachInstruction(F, [&](const Instruction &I) {
      if (I.Code == Op::Address || I.Code == Op::Whole ||
          (I.Code == Op::Store && !I.Operands[1].isUnknown()))
        Fields.erase(I.Text);
      else if (I.Code == Op::Store)
        Stored.insert(I.Text);
    });
  StringSet<> Unknown;
  for (const auto &Field : Stored)
    if (Fields.contains(Field.getKey()))
      Unknown.insert(Field.getKey());
  return Unknown;
}

static bool changesElements(const Instruction &I) {
  return I.Code == Op::SetAt || I.Code == Op::Append || I.Code == Op::Prepend ||
         I.Code == Op::Clear;
}

/// Only what the program writes into it is read there again.
static bool staysInside(const Instruction &I, size_t Operand) {
  bool IsElement = changesElements(I) || I.Code == Op::At || I.Code == Op::Size;
  return IsElement ? Operand == 0 : I.Code == Op::Extern && I.Flag.has(Flag::Foreign);
}

/// Those of which the program decides all elements: nothing else ever gets to see them.
static StringSet<> decidedFields(Unit &U, const StringSet<> &Unknown) {
  StringSet<> Written, Given;
  for (const Function &F : U.Functions) {
    std::vector<StringRef> Held(F.Slots.size());
    forEachInstruction(F, [&](const Instruction &I) {
      if (I.Code == Op::Load && Unknown.contains(I.Text))
        Held[I.Result] = I.Text;
    });
    forEachInstruction(F, [&](const Instruction &I) {
      for (size_t N = 0; N < I.Operands.size(); ++N) {
        const Operand &O = I.Operands[N];
        if (!O.isSlot() || Held[O.Number].empty())
          continue;
        if (!staysInside(I, N))
          Given.insert(Held[O.Number]);
        else if (I.Code == Op::SetAt)
          Written.insert(Held[O.Number]);
      }
    });
  }
  for (const auto &Field : Given)
    Written.erase(Field.getKey());
  return Written;
}

/// Of an unknown sequence nothing is kept.
static void dropChanges(Function &F, const StringSet<> &Unknown, const StringSet<> &Decided) {
  SlotUses Uses(F);
  std::vector<bool> IsUnknown(F.Slots.size());
  for (Block &B : F.Blocks)
    for (Instruction &I : B.Body)
      if (I.Code == Op::Load && Unknown.contains(I.Text)) {
        bool IsDecided = Decided.contains(I.Text);
        I.Code = IsDecided ? Op::Symbol : Op::Move;
        I.Flag.set(Flag::Foreign, IsDecided);
        I.Text.clear();
        I.Operands.clear();
        if (!IsDecided)
          I.Operands.push_back(Operand::unknown());
        IsUnknown[I.Result] = Uses.Writes[I.Result] == 1;
      }
  for (Block &B : F.Blocks)
    std::erase_if(B.Body, [&](const Instruction &I) {
      return changesElements(I) && I.Operands[0].isSlot() && IsUnknown[I.Operands[0].Number];
    });
}

std::vector<bool> dropUnknownFields(Unit &U) {
  std::vector<bool> Changed(U.Functions.size());
  StringSet<> Unknown = unknownFields(U);
  if (Unknown.empty())
    return Changed;
  StringSet<> Decided = decidedFields(U, Unknown);
  auto LoadsUnknown = [&](const Instruction &I) {
    return I.Code == Op::Load && Unknown.contains(I.Text);
  };
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    Changed[F] = anyInstruction(U.Functions[F], LoadsUnknown);
    if (Changed[F])
      dropChanges(U.Functions[F], Unknown, Decided);
  }
  return Changed;
}

} // namespace taskleak
