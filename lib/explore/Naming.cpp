// Names of objects for messages.

#include "explore/Schedule.h"

namespace taskleak {

/// The variable that a value of \p F is moved into; empty if there is none.
static llvm::StringRef variableFor(const Function &F, SlotId Value) {
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Code == Op::Move && I.Operands[0] == Operand::slot(Value) && I.Result != NoId &&
          !F.Slots[I.Result].Name.empty())
        return F.Slots[I.Result].Name;
  return "";
}

/// The variable that an object was put into when it was made.
static llvm::StringRef slotName(const Program &P, const Object &O) {
  if (!P.hasSite(O.Site))
    return "";
  InstructionRef Made = P.site(O.Site);
  const Function &F = P.U.Functions[Made.F];
  SlotId Slot = at(P.U, Made).Result;
  if (Slot >= F.Slots.size())
    return "";
  return F.Slots[Slot].Name.empty() ? variableFor(F, Slot) : llvm::StringRef(F.Slots[Slot].Name);
}

static std::string holderName(const Program &P, const World &W, Value Object) {
  for (size_t G = 0; G < W.Globals.size(); ++G)
    if (W.Globals[G] == Object)
      return P.U.Globals[G].Name;
  for (const auto &O : W.Heap)
    if (O && O->S == Body::Record)
      for (const Item &I : O->Items)
        if (I.V == Object)
          return P.text(I.Name).str();
  return "";
}

std::string nameOf(const Program &P, const World &W, Value Object) {
  const auto *O = W.find(Object);
  if (!O)
    return "";
  bool IsMade = P.hasSite(O->Site);
  const Instruction *Made = IsMade ? &at(P.U, P.site(O->Site)) : nullptr;
  // A record's text is its type: that of a variable says more.
  bool HasName = Made && !Made->Text.empty() && Made->Code != Op::New;
  if (HasName)
    return Made->Text;
  if (llvm::StringRef Slot = slotName(P, *O); !Slot.empty())
    return Slot.str();
  if (Made && !Made->Text.empty())
    return Made->Text;
  return holderName(P, W, Object);
}

} // namespace taskleak
