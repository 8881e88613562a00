// Arrays that are members and too long to be followed are not kept up to date either:
//   struct Frame { uint8_t raw[1024]; };
//   for (size_t I = 0; I < sizeof f.raw; ++I) f.raw[I] = next();

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

template <class Visit> static void forEachInstruction(Unit &U, Visit Do) {
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    for (Block &B : U.Functions[F].Blocks)
      for (Instruction &I : B.Body)
        Do(F, I);
}

/// The members that are objects, and that never hold one that is known.
static StringSet<> unknownFields(Unit &U) {
  StringSet<> Fields;
  for (const RecordType &R : U.Records)
    for (const std::string &Field : R.Embedded)
      Fields.insert(Field);
  StringSet<> Stored;
  forEachInstruction(U, [&](FunctionId, const Instruction &I) {
    if (I.Code == Op::Address || (I.Code == Op::Store && !I.Operands[1].isUnknown()))
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

/// Of an unknown sequence nothing is kept.
static void dropChanges(Function &F, const StringSet<> &Unknown) {
  SlotUses Uses(F);
  std::vector<bool> IsUnknown(F.Slots.size());
  for (Block &B : F.Blocks)
    for (Instruction &I : B.Body)
      if (I.Code == Op::Load && Unknown.contains(I.Text)) {
        I.Code = Op::Move;
        I.Text.clear();
        I.Operands[0] = Operand::unknown();
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
  forEachInstruction(U, [&](FunctionId F, const Instruction &I) {
    Changed[F] = Changed[F] || (I.Code == Op::Load && Unknown.contains(I.Text));
  });
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    if (Changed[F])
      dropChanges(U.Functions[F], Unknown);
  return Changed;
}

} // namespace taskleak
