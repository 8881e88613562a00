// Names of objects for messages.

#include "explore/Schedule.h"

namespace taskleak {

/// The slot that an object was put into when it was made.
static llvm::StringRef slotName(const Program &P, const Object &O) {
  if (O.Site >= P.Sites.size())
    return "";
  InstructionRef Made = P.Sites[O.Site];
  const Function &F = P.U.Functions[Made.F];
  SlotId Slot = at(P.U, Made).Result;
  return Slot < F.Slots.size() ? llvm::StringRef(F.Slots[Slot].Name) : "";
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
  if (O->Site < P.Sites.size() && !at(P.U, P.Sites[O->Site]).Text.empty())
    return at(P.U, P.Sites[O->Site]).Text;
  if (llvm::StringRef Slot = slotName(P, *O); !Slot.empty())
    return Slot.str();
  return holderName(P, W, Object);
}

} // namespace taskleak
