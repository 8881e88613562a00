// A function made ready to run: operands decoded, and where ways meet.

#pragma once

#include "explore/Liveness.h"
#include "explore/Value.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>
#include <vector>

namespace taskleak {

/// An operand, decoded.
struct Arg {
  enum class Kind : uint8_t { Constant, Slot, Global };
  Kind K = Kind::Constant;
  uint32_t Index = 0;
  Value V;
};

/// An instruction, decoded.
struct Code {
  const Instruction *I = nullptr;
  uint32_t Site = 0; ///< See `Program::site`.
  TextId Text = 0;
  llvm::SmallVector<Arg, 2> Args;
  std::optional<Arg> Cancel, Done, Fulfil, Strand;

  bool has(Flag F) const { return I->Flag.has(F); }
  Op op() const { return I->Code; }
};

struct CodeBlock {
  std::vector<Code> Body;
  BlockId Unwind = NoId;
  bool Joins = false;      ///< More than one block leads here.
  bool LoopHead = false;   ///< One of them comes after it.
};

struct CodeFunction {
  const Function *F = nullptr;
  uint32_t Slots = 0;
  std::vector<CodeBlock> Blocks;
  mutable std::unique_ptr<Liveness> Lives; ///< Of its slots; null: not asked for so far.

  Liveness &liveness() const {
    if (!Lives)
      Lives = std::make_unique<Liveness>(*this);
    return *Lives;
  }
};

} // namespace taskleak
