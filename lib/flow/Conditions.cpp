// Expressions over slots and what is decided about them; see Conditions.h.
// Everything tested is brought to `a == b`, `a < b`, not, and, or.

#include "flow/Conditions.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// Deeper expressions are leaves; also ends `%1 = add %1, 1`.
static constexpr unsigned MaxDepth = 8;

Conditions::Conditions(const Function &F) : Definitions(F.Slots.size()) {
  std::vector<unsigned> Writes(F.Slots.size());
  for (SlotId S = 0; S < F.Params && S < Writes.size(); ++S)
    Writes[S] = 2;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      for (SlotId S : {I.Result, I.Received})
        if (S != NoId) {
          ++Writes[S];
          Definitions[S] = S == I.Result ? &I : nullptr;
        }
  for (SlotId S = 0; S < Writes.size(); ++S)
    if (Writes[S] != 1)
      Definitions[S] = nullptr;
  std::map<Node, std::set<InstructionRef>> Uses;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N) {
      const Instruction &I = F.Blocks[B].Body[N];
      InstructionRef At{0, B, N};
      if (I.Code == Op::Branch)
        countUses(Branches[At] = truth(value(I.Operands[0], 0)), At, Uses);
      else if (Node A = assigned(I))
        countUses(Assigned[At] = A, At, Uses);
    }
  for (const auto &[N, At] : Uses)
    if (At.size() > 1)
      Repeated.insert(N);
}

Conditions::Node Conditions::intern(Expression E) {
  // Node 0 means "none".
  auto [Found, New] = Numbers.insert({E, Node(Nodes.size() + 1)});
  if (New)
    Nodes.push_back(std::move(E));
  return Found->second;
}

Conditions::Node Conditions::constant(int64_t N) { return intern({Op::Move, "", {}, N, false}); }

bool Conditions::isTruth(Node N) const {
  switch (Nodes[N - 1].Code) {
  case Op::Not: case Op::And: case Op::Or: case Op::Eq: case Op::Lt:
    return true;
  default:
    return false;
  }
}

Conditions::Node Conditions::negate(Node N) {
  if (Nodes[N - 1].Code == Op::Not)
    return Nodes[N - 1].Parts[0];
  return intern({Op::Not, "", {N}});
}

Conditions::Node Conditions::truth(Node N) {
  return isTruth(N) ? N : negate(equal(N, constant(0)));
}

Conditions::Node Conditions::equal(Node A, Node B) {
  auto IsConstant = [&](Node N) { return Nodes[N - 1].Code == Op::Move && !Nodes[N - 1].IsSlot; };
  if (IsConstant(A) || (!IsConstant(B) && B < A))
    std::swap(A, B);
  if (isTruth(A) && IsConstant(B) && Nodes[B - 1].Number == 0)
    return negate(A);
  if (isTruth(A) && IsConstant(B) && Nodes[B - 1].Number == 1)
    return A;
  return intern({Op::Eq, "", {A, B}});
}

Conditions::Node Conditions::compute(const Instruction &I, unsigned Depth) {
  std::vector<Node> Parts;
  for (const Operand &O : I.Operands)
    Parts.push_back(value(O, Depth + 1));
  switch (I.Code) {
  case Op::Move: case Op::Copy:
    return Parts[0];
  case Op::Not:
    return negate(truth(Parts[0]));
  case Op::And: case Op::Or:
    return intern({I.Code, "", {truth(Parts[0]), truth(Parts[1])}});
  case Op::Eq: case Op::SameText:
    return equal(Parts[0], Parts[1]);
  case Op::Ne:
    return negate(equal(Parts[0], Parts[1]));
  case Op::Lt:
    return intern({Op::Lt, "", Parts});
  case Op::Le:
    return negate(intern({Op::Lt, "", {Parts[1], Parts[0]}}));
  case Op::Opaque: case Op::Load: case Op::Get: case Op::Add: case Op::Sub: case Op::BitAnd:
  case Op::BitOr: case Op::BitXor: case Op::Shl: case Op::Shr: case Op::Mul: case Op::Div: case Op::Rem:
  case Op::Min: case Op::Max: case Op::Spell: case Op::Letter: case Op::Concat: case Op::Part: case Op::Length:
  case Op::Char: case Op::Find: case Op::FindLast: case Op::OrderTexts:
    return intern({I.Code, I.Text, Parts});
  default:
    return 0;
  }
}

Conditions::Node Conditions::value(const Operand &O, unsigned Depth) {
  if (O.K == Operand::Kind::Int)
    return constant(O.Number);
  if (O.K == Operand::Kind::Null)
    return constant(0);
  if (!O.isSlot()) // An expression of its own: equal globals and functions are equal.
    return intern({Op::Symbol, std::to_string(int(O.K)), {}, O.Number});
  const Instruction *Def = Definitions[O.Number];
  Node Computed = Def && Depth < MaxDepth ? compute(*Def, Depth) : 0;
  return Computed ? Computed : intern({Op::Move, "", {}, O.Number, true});
}

/// `%1 = move 1` decides `%1 == 1`; so do put and store of a constant.
Conditions::Node Conditions::assigned(const Instruction &I) {
  const Operand *Value = nullptr;
  Node Place = 0;
  if (I.Code == Op::Move && I.Result != NoId && !Definitions[I.Result]) {
    Value = &I.Operands[0];
    Place = value(Operand::slot(I.Result), 0);
  } else if (I.Code == Op::Put || I.Code == Op::Store) {
    Value = &I.Operands[1];
    Place = intern({I.Code == Op::Put ? Op::Get : Op::Load, I.Text, {value(I.Operands[0], 1)}});
  }
  if (!Value || (Value->K != Operand::Kind::Int && Value->K != Operand::Kind::Null))
    return 0;
  return equal(Place, constant(Value->Number));
}

/// What an atom is about: `x` for `x == 1`.
Conditions::Node Conditions::subject(Node Atom) const {
  const Expression &E = Nodes[Atom - 1];
  return E.Code == Op::Eq ? E.Parts[0] : Atom;
}

void Conditions::countUses(Node N, InstructionRef At,
                           std::map<Node, std::set<InstructionRef>> &Uses) const {
  const Expression &E = Nodes[N - 1];
  if (E.Code != Op::Not && E.Code != Op::And && E.Code != Op::Or) {
    Uses[subject(N)].insert(At);
    return;
  }
  for (Node P : E.Parts)
    countUses(P, At, Uses);
}

bool Conditions::reads(Node N, SlotId S) const {
  const Expression &E = Nodes[N - 1];
  return (E.IsSlot && E.Number == int64_t(S)) ||
         any_of(E.Parts, [&](Node P) { return reads(P, S); });
}

bool Conditions::loads(Node N, StringRef Field) const {
  const Expression &E = Nodes[N - 1];
  bool Here = Field.empty() ? E.Code == Op::Get : E.Code == Op::Load && E.Text == Field;
  return Here || any_of(E.Parts, [&](Node P) { return loads(P, Field); });
}

std::optional<bool> Conditions::evaluate(Node N, InstructionRef Except,
                                         const Decisions &Known) const {
  const Expression &E = Nodes[N - 1];
  if (E.Code == Op::Not) {
    auto Inner = evaluate(E.Parts[0], Except, Known);
    return Inner ? std::optional(!*Inner) : std::nullopt;
  }
  if (E.Code == Op::And || E.Code == Op::Or) {
    bool Decides = E.Code == Op::Or;
    auto A = evaluate(E.Parts[0], Except, Known), B = evaluate(E.Parts[1], Except, Known);
    if (A == Decides || B == Decides)
      return Decides;
    return A && B ? std::optional(!Decides) : std::nullopt;
  }
  bool IsEqual = E.Code == Op::Eq;
  auto IsConstant = [&](Node P) { return Nodes[P - 1].Code == Op::Move && !Nodes[P - 1].IsSlot; };
  if (IsEqual && E.Parts[0] == E.Parts[1])
    return true;
  if (IsEqual && IsConstant(E.Parts[0]) && IsConstant(E.Parts[1]))
    return false;
  for (const Decision &D : Known) {
    if (D.By == Except)
      continue;
    if (D.Atom == N)
      return D.Holds;
    // x == 1 excludes x == 2; other right sides may be equal all the same.
    const Expression &Other = Nodes[D.Atom - 1];
    if (IsEqual && D.Holds && Other.Code == Op::Eq && Other.Parts[0] == E.Parts[0] &&
        IsConstant(Other.Parts[1]) && IsConstant(E.Parts[1]))
      return false;
  }
  return std::nullopt;
}

void Conditions::assume(Node N, InstructionRef By, bool Holds, Decisions &Known) const {
  const Expression &E = Nodes[N - 1];
  if (E.Code == Op::Not)
    return assume(E.Parts[0], By, !Holds, Known);
  if (E.Code == Op::And || E.Code == Op::Or) {
    if (Holds != (E.Code == Op::And))
      return;
    for (Node P : E.Parts)
      assume(P, By, Holds, Known);
    return;
  }
  if (!Repeated.count(subject(N)))
    return;
  erase_if(Known, [&](const Decision &D) { return D.Atom == N; });
  Decision New{N, Holds, By};
  Known.insert(lower_bound(Known, New), New);
}

static InstructionRef within(InstructionRef At) { return {0, At.B, At.Index}; }

std::optional<bool> Conditions::evaluate(const Instruction &Branch, InstructionRef At,
                                         const Decisions &Known) const {
  return evaluate(Branches.at(within(At)), within(At), Known);
}

void Conditions::assume(const Instruction &Branch, InstructionRef At, bool Holds,
                        Decisions &Known) const {
  assume(Branches.at(within(At)), within(At), Holds, Known);
}

void Conditions::step(const Instruction &I, InstructionRef At, Decisions &Known) const {
  if (!Known.empty()) {
    for (SlotId S : {I.Result, I.Received})
      if (S != NoId)
        erase_if(Known, [&](const Decision &D) { return reads(D.Atom, S); });
    if (I.Code == Op::Store || I.Code == Op::Put)
      erase_if(Known, [&](const Decision &D) {
        return loads(D.Atom, I.Code == Op::Store ? StringRef(I.Text) : StringRef());
      });
  }
  auto Set = Assigned.find(within(At));
  if (Set != Assigned.end())
    assume(Set->second, within(At), true, Known);
}

} // namespace taskleak
