// Which slots of a frame lead to a subject at one point of a path, and what an
// instruction does to that and to the obligation.

#pragma once

#include "flow/Paths.h"

namespace taskleak {

/// A slot that leads to the subject.
struct Holder {
  /// What the slot's value is: the object on the way, a cell that holds it, or a
  /// closure that captures it.
  enum class Form : uint8_t { Direct, Cell, Closure };
  SlotId Slot = NoId;
  uint32_t Depth = 0; ///< Fields of the way already gone.
  Form As = Form::Direct;
  friend auto operator<=>(const Holder &, const Holder &) = default;
};

struct PathState {
  Status Now = Status::Idle;
  bool Exceptional = false;
  InstructionRef Since; ///< Where a lock was taken that is still held.
  std::vector<Holder> Holders; ///< Sorted by slot.
  Decisions Decided;
  friend auto operator<=>(const PathState &, const PathState &) = default;
};

/// The effect of instructions on what a path owes to one subject.
class Holding {
  const CallFacts &Facts;
  const Function &F;
  const Subject &S;
  const Conditions &Known;
  const LockEffects *Locks; ///< Of locks: what calls do to them.

  const Holder *holder(const Operand &O, const PathState &P) const;
  bool isSubject(const Operand &O, const PathState &P) const;
  bool holdsAny(llvm::ArrayRef<Operand> Operands, const PathState &P) const;
  void set(SlotId Slot, std::optional<Holder> To, PathState &P) const;
  std::optional<Holder> result(const Instruction &I, const PathState &P) const;
  FunctionId callable(const Operand &O) const;
  void handOn(PathState &P) const;
  void pass(FunctionId Callee, llvm::ArrayRef<Operand> Arguments, bool AsTask,
            PathState &P) const;
  void put(const Instruction &I, PathState &P) const;
  void call(const Instruction &I, PathState &P) const;
  void spawn(const Instruction &I, PathState &P) const;
  void transfer(const Instruction &I, PathState &P) const;

  // LockHolding.cpp
  bool lock(InstructionRef At, PathState &P) const;
  void unlock(PathState &P) const;
  void handOnLock(const Instruction &I, PathState &P) const;
  bool stepLock(const Instruction &I, InstructionRef At, PathState &P) const;
  bool callOnLock(FunctionId Callee, const Instruction &I, InstructionRef At, PathState &P,
                  bool &Found) const;

public:
  Holding(const CallFacts &Facts, FunctionId Id, const Subject &S, const Conditions &Known,
          const LockEffects *Locks)
      : Facts(Facts), F(Facts.U.Functions[Id]), S(S), Known(Known), Locks(Locks) {}

  PathState start() const;
  /// Whether that side of a branch is taken where there is no subject.
  bool isNull(const Instruction &Branch, bool Holds, const PathState &P) const;
  /// Runs \p I; true if it has overwritten the last way to an open subject, or locks one
  /// that is locked.
  bool step(const Instruction &I, InstructionRef At, PathState &P) const;
};

} // namespace taskleak
