// What a path has decided about the conditions on it, so that two tests of the
// same unchanged value agree:
//   if (ok) G.done();  ...  if (!ok) return;
// Conditions are expressions over slots; equal expressions are one number.

#pragma once

#include "skeleton/Skeleton.h"

#include <map>
#include <set>
#include <tuple>

namespace taskleak {

/// What one path has decided, sorted.
struct Decision {
  uint32_t Atom = 0;
  bool Holds = false;
  InstructionRef By; ///< The branch; when it runs again, a new turn decides anew.
  friend auto operator<=>(const Decision &, const Decision &) = default;
};
using Decisions = std::vector<Decision>;

class Conditions {
public:
  explicit Conditions(const Function &F);

  /// What the branch's condition is on a path that has decided \p Known.
  std::optional<bool> evaluate(const Instruction &Branch, InstructionRef At,
                               const Decisions &Known) const;
  void assume(const Instruction &Branch, InstructionRef At, bool Holds, Decisions &Known) const;
  /// \p I runs: what it overwrites is no longer decided, what it sets is.
  void step(const Instruction &I, InstructionRef At, Decisions &Known) const;

  /// The instruction that alone writes a slot; null for parameters and variables.
  const Instruction *definition(SlotId S) const { return Definitions[S]; }

private:
  using Node = uint32_t;
  struct Expression {
    Op Code = Op::Move;       ///< Move: a leaf.
    std::string Text;
    std::vector<Node> Parts;
    int64_t Number = 0;       ///< Leaf: a constant, or the slot.
    bool IsSlot = false;
    friend auto operator<=>(const Expression &, const Expression &) = default;
  };
  std::vector<Expression> Nodes;
  std::map<Expression, Node> Numbers;
  std::vector<const Instruction *> Definitions;
  std::map<InstructionRef, Node> Branches; ///< F is left out.
  std::map<InstructionRef, Node> Assigned; ///< What a move, store or put of a constant decides.
  std::set<Node> Repeated;                 ///< Worth remembering: tested or set elsewhere, too.

  Node intern(Expression E);
  Node constant(int64_t N);
  Node value(const Operand &O, unsigned Depth);
  Node truth(Node N);
  Node negate(Node N);
  Node equal(Node A, Node B);
  Node compute(const Instruction &I, unsigned Depth);
  Node assigned(const Instruction &I);
  bool isTruth(Node N) const;
  void countUses(Node N, InstructionRef At, std::map<Node, std::set<InstructionRef>> &Uses) const;
  Node subject(Node Atom) const;
  bool reads(Node N, SlotId S) const;
  bool loads(Node N, llvm::StringRef Field) const;
  std::optional<bool> evaluate(Node N, InstructionRef Except, const Decisions &Known) const;
  void assume(Node N, InstructionRef By, bool Holds, Decisions &Known) const;
};

} // namespace taskleak
