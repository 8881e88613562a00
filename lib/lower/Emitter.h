// Writes the blocks of one function: slots, instructions, and the clean-ups that
// run when a scope is left or an exception unwinds it. Knows no AST.
//   { std::lock_guard G(M); work(); }
// pushes the guard's unlock as a clean-up: it stands at the end of the scope and
// again on the block where an exception from work() lands.

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <functional>

namespace taskleak {

class Emitter {
public:
  explicit Emitter(Function Start);

  SlotId newSlot(llvm::StringRef Name = {});
  SlotInfo &slot(SlotId S) { return Fn.Slots[S]; }
  BlockId newBlock();
  /// Later instructions go to \p B.
  void enter(BlockId B) { Current = B; }
  bool isOpen() const;

  Instruction &append(Instruction I);
  /// Appends an operation with a result and yields it.
  Operand value(Op Code, llvm::ArrayRef<Operand> Operands, Place At, llvm::StringRef Text = {});
  /// The same for a call whose callee may turn out to be out of sight. One that \p MayThrow does so
  /// where the function would catch it.
  Operand call(Op Code, llvm::ArrayRef<Operand> Operands, Place At, llvm::StringRef Text,
               bool MayThrow);
  /// Calls a function with an object, as the end of its scope does.
  void callAtEnd(FunctionId F, Operand Object, Place At, llvm::StringRef Text = {});
  /// Yields what the program decides in a way that is not followed.
  Operand foreign(Place At, llvm::StringRef Text = {});
  /// Appends an operation without a result.
  Instruction &act(Op Code, llvm::ArrayRef<Operand> Operands, Place At, llvm::StringRef Text = {});
  void jump(BlockId To);
  void branch(Operand Condition, BlockId Then, BlockId Else, Place At, llvm::StringRef Text);

  /// How many clean-ups are in force; to come back to with `popTo`.
  size_t depth() const { return Depth; }
  void pushCleanup(std::function<void()> Run);
  /// From here on exceptions land in \p Handler with the clean-ups above \p Handler's depth run.
  void pushHandler(BlockId Handler);
  /// Whether the function would catch what is thrown here.
  bool isTried() const;
  /// Runs the clean-ups above \p To in the current block and forgets them.
  void popTo(size_t To);
  /// Runs them without forgetting: a return, break or continue leaves through them.
  void runDownTo(size_t To);
  /// Forgets without running; for a scope whose end is not reached.
  void forgetTo(size_t To);

  Function take();

private:
  struct Cleanup {
    std::function<void()> Run; ///< Empty for a handler.
    BlockId Landing = NoId;    ///< Where an exception lands; made on first use.
  };
  Function Fn;
  BlockId Current = 0;
  std::vector<bool> UnwindFixed;
  std::vector<Cleanup> Stack;
  size_t Depth = 0;

  BlockId landing(size_t At);
  void fixUnwind();
};

/// Can an exception come out of this instruction?
bool mayUnwind(const Instruction &I);

} // namespace taskleak
