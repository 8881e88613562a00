// From the parameters on, until nothing is added; see OwnMemory.h.

#include "skeleton/OwnMemory.h"

namespace taskleak {

OwnMemory::OwnMemory(const Function &F) {
  for (SlotId Parameter = 0; Parameter < F.Params; ++Parameter)
    Foreign.insert(Parameter);
  auto IsForeign = [&](const Instruction &I) {
    bool Makes = I.Code == Op::New || I.Code == Op::Sequence || I.Code == Op::Cell;
    return !Makes && (I.Code != Op::Move || isForeign(I.Operands[0]));
  };
  for (size_t Before = ~size_t(0); Before != Foreign.size();) {
    Before = Foreign.size();
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if (I.Result != NoId && IsForeign(I))
          Foreign.insert(I.Result);
  }
}

} // namespace taskleak
