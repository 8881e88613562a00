// Moves, loads and calls as the walk of one subject sees them; see Holding.h.
// Where the subject may be discharged or kept by somebody else it is handed on,
// and nothing is told about it.

#include "flow/Holding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

PathState Holding::start() const {
  PathState P;
  P.Now = S.FromEntry ? Status::Owing : Status::Idle;
  if (S.Root.isSlot())
    P.Holders.push_back({SlotId(S.Root.Number), 0, Holder::Form::Direct});
  return P;
}

const Holder *Holding::holder(const Operand &O, const PathState &P) const {
  static const Holder Global{NoId, 0, Holder::Form::Direct};
  if (O.K == Operand::Kind::Global && O == S.Root)
    return &Global;
  if (!O.isSlot())
    return nullptr;
  auto Found = find_if(P.Holders, [&](const Holder &H) { return H.Slot == O.Number; });
  return Found == P.Holders.end() ? nullptr : &*Found;
}

bool Holding::isSubject(const Operand &O, const PathState &P) const {
  const Holder *H = holder(O, P);
  return H && H->As != Holder::Form::Closure && H->Depth == S.Fields.size();
}

bool Holding::holdsAny(ArrayRef<Operand> Operands, const PathState &P) const {
  return any_of(Operands, [&](const Operand &O) { return holder(O, P); });
}

void Holding::set(SlotId Slot, std::optional<Holder> To, PathState &P) const {
  if (Slot == NoId)
    return;
  erase_if(P.Holders, [&](const Holder &H) { return H.Slot == Slot; });
  if (!To)
    return;
  To->Slot = Slot;
  P.Holders.insert(lower_bound(P.Holders, *To), *To);
}

/// What the result of \p I leads to.
std::optional<Holder> Holding::result(const Instruction &I, const PathState &P) const {
  if (&I == S.Made)
    return Holder{};
  const Holder *H = I.Operands.empty() ? nullptr : holder(I.Operands[0], P);
  switch (I.Code) {
  case Op::Move: case Op::Copy:
    return H ? std::optional(*H) : std::nullopt;
  case Op::Cell:
    return H ? std::optional(Holder{NoId, H->Depth, Holder::Form::Cell}) : std::nullopt;
  case Op::Get:
    return H ? std::optional(Holder{NoId, H->Depth, Holder::Form::Direct}) : std::nullopt;
  case Op::Load: case Op::Address:
    if (H && H->As == Holder::Form::Direct && H->Depth < S.Fields.size() &&
        S.Fields[H->Depth] == I.Text)
      return Holder{NoId, H->Depth + 1,
                    I.Code == Op::Load ? Holder::Form::Direct : Holder::Form::Cell};
    return std::nullopt;
  case Op::Make: // A cancel made of the subject is requested with it.
    return H ? std::optional(*H) : std::nullopt;
  case Op::Closure:
    if (holdsAny(I.Operands, P))
      return Holder{NoId, 0, Holder::Form::Closure};
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

FunctionId Holding::callable(const Operand &O) const {
  if (O.K == Operand::Kind::Function)
    return O.Number;
  const Instruction *Def = O.isSlot() ? Known.definition(O.Number) : nullptr;
  if (Def && Def->Code == Op::Closure && Def->Operands[0].K == Operand::Kind::Function)
    return Def->Operands[0].Number;
  return NoId;
}

void Holding::handOn(PathState &P) const {
  if (P.Now != Status::Done)
    P.Now = Status::Gone;
}

/// The arguments reach \p Callee, to run here or as a task.
void Holding::pass(FunctionId Callee, ArrayRef<Operand> Arguments, bool AsTask,
                   PathState &P) const {
  for (size_t A = 0; A < Arguments.size(); ++A) {
    const Holder *H = holder(Arguments[A], P);
    if (!H)
      continue;
    if (Callee == NoId || Facts.U.Functions[Callee].Blocks.empty() ||
        H->As == Holder::Form::Closure)
      return handOn(P);
    const ParameterFacts &Theirs = Facts.Parameters[Callee];
    uint64_t Bit = uint64_t(1) << std::min<size_t>(A, 63);
    if ((Theirs.Discharges | Theirs.Keeps) & Bit)
      return handOn(P);
    if (S.Kind == ObligationKind::Cancel && AsTask && Theirs.WaitsWith & Bit &&
        P.Now == Status::Idle)
      P.Now = Status::Owing;
  }
}

void Holding::put(const Instruction &I, PathState &P) const {
  const Operand &Ref = I.Operands[0];
  const Instruction *Def = Ref.isSlot() ? Known.definition(Ref.Number) : nullptr;
  const Holder *H = holder(I.Operands[1], P);
  std::optional<Holder> Inside;
  if (H)
    Inside = Holder{NoId, H->Depth, Holder::Form::Cell};
  if (Def && Def->Code == Op::Cell)
    set(Ref.Number, Inside, P);
  else if (H)
    handOn(P);
}

void Holding::call(const Instruction &I, PathState &P) const {
  ArrayRef<FunctionId> Callees = Facts.Graph.called(I);
  if (Callees.empty())
    pass(NoId, I.Operands, false, P);
  for (FunctionId C : Callees)
    pass(C, I.Operands, false, P);
}

void Holding::spawn(const Instruction &I, PathState &P) const {
  ArrayRef<Operand> Operands = I.Operands;
  const Holder *Callable = holder(Operands[0], P);
  FunctionId Runs = callable(Operands[0]);
  const Instruction *Def =
      Operands[0].isSlot() ? Known.definition(Operands[0].Number) : nullptr;
  if (Callable && (!Def || Runs == NoId))
    return handOn(P);
  SmallVector<Operand, 4> Arguments;
  if (Def && Def->Code == Op::Closure)
    Arguments.append(Def->Operands.begin() + 1, Def->Operands.end());
  Arguments.append(Operands.begin() + 1, Operands.end());
  pass(Runs, Arguments, true, P);
  for (const auto &[Name, Value] : I.Named) {
    if (!isSubject(Value, P))
      continue;
    if (Name == Role::Cancel && S.Kind == ObligationKind::Cancel && P.Now == Status::Idle)
      P.Now = Status::Owing;
    if (Name == Role::Fulfil)
      P.Now = Status::Done;
  }
}

void Holding::transfer(const Instruction &I, PathState &P) const {
  ArrayRef<Operand> Operands = I.Operands;
  switch (I.Code) {
  case Op::Store: case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Send:
  case Op::Fulfil:
    if (Operands.size() > 1 && holder(Operands.back(), P))
      handOn(P);
    return;
  case Op::Put:
    return put(I, P);
  case Op::Escape: case Op::Return: case Op::CallClosure: case Op::Select: case Op::OnRequest:
    if (holdsAny(I.Code == Op::OnRequest ? Operands.drop_front() : Operands, P))
      handOn(P);
    return;
  case Op::Extern:
    if (I.Flag.has(Flag::Escapes) && holdsAny(Operands, P))
      handOn(P);
    return;
  case Op::Closure:
    // What a guard or a callback may do with it is done by somebody else.
    if (FunctionId Runs = callable(Operands[0]); holdsAny(Operands.drop_front(), P))
      pass(Runs, Operands.drop_front(), false, P);
    return;
  case Op::Spawn:
    return spawn(I, P);
  case Op::Join:
    // Who waited with it has ended.
    if (S.Kind == ObligationKind::Cancel && P.Now == Status::Owing)
      P.Now = Status::Done;
    return;
  case Op::Call: case Op::CallVirtual:
    return call(I, P);
  default:
    return;
  }
}

/// if (out) out->set_value(n);
bool Holding::isNull(const Instruction &Branch, bool Holds, const PathState &P) const {
  const Operand &If = Branch.Operands[0];
  const Instruction *Test = If.isSlot() ? Known.definition(SlotId(If.Number)) : nullptr;
  bool AsksForNull = Test && (Test->Code == Op::Ne || Test->Code == Op::Eq) &&
                     Test->Operands[1].K == Operand::Kind::Null;
  return AsksForNull && S.Kind != ObligationKind::Lock && holder(Test->Operands[0], P) &&
         Holds == (Test->Code == Op::Eq);
}

bool Holding::step(const Instruction &I, InstructionRef At, PathState &P) const {
  bool Held = !P.Holders.empty();
  bool Again = false;
  if (S.Kind == ObligationKind::Lock)
    Again = stepLock(I, At, P);
  else if (discharges(I, S.Kind) && isSubject(I.Operands[0], P))
    P.Now = Status::Done;
  else if (At == S.Site && S.Kind == ObligationKind::Count && !S.FromEntry && P.Now != Status::Gone)
    P.Now = Status::Owing;
  else
    transfer(I, P);
  std::optional<Holder> To = result(I, P);
  // A new cancel of the same place, while the old one is still owed and held.
  bool OneMore = &I == S.Made && P.Now == Status::Owing;
  if (&I == S.Made && !OneMore) {
    P.Now = Status::Idle;
    P.Holders.clear();
  }
  if (OneMore)
    To = std::nullopt;
  set(I.Result, To, P);
  set(I.Received, std::nullopt, P);
  Known.step(I, At, P.Decided);
  bool IsLost = S.Made && S.Kind == ObligationKind::Cancel && P.Now == Status::Owing && Held &&
                none_of(P.Holders, [](const Holder &H) { return H.As != Holder::Form::Closure; });
  return Again || IsLost;
}

} // namespace taskleak
