// Finds what a function may owe, by following the operand of each discharge
// back to a parameter, a global or a creation; see Subject.h.

#include "flow/Subject.h"

#include "flow/Dataflow.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

bool discharges(const Instruction &I, ObligationKind Kind) {
  switch (Kind) {
  case ObligationKind::Count:
    return discharges(I) && (I.Code == Op::Count || I.Code == Op::Reset || I.Code == Op::Kill);
  case ObligationKind::Cancel:
    return I.Code == Op::Request;
  case ObligationKind::Event:
    return I.Code == Op::Fulfil || I.Code == Op::Break;
  case ObligationKind::Lock:
    return I.Code == Op::Unlock;
  }
  return false;
}

namespace {
class SubjectFinder {
  const CallFacts &Facts;
  const Conditions &Known;
  FunctionId Id;
  const Function &F;
  std::vector<bool> InCycle;
  std::vector<Subject> Found;

  bool mayOwe(const Subject &S, const Instruction &I, BlockId B) const;
  void add(Subject S);
  void raise(const Instruction &I, InstructionRef At);
  void discharge(const Instruction &I, InstructionRef At);

public:
  SubjectFinder(const CallFacts &Facts, FunctionId Id, const Conditions &Known);
  std::vector<Subject> run();
};
} // namespace

/// Blocks that can run again after themselves.
static std::vector<bool> cycles(const Function &F) {
  std::vector<bool> In(F.Blocks.size());
  for (BlockId Start = 0; Start < F.Blocks.size(); ++Start) {
    std::vector<bool> Seen(F.Blocks.size());
    std::vector<BlockId> Todo = {Start};
    while (!Todo.empty() && !In[Start]) {
      BlockId B = Todo.back();
      Todo.pop_back();
      for (BlockId T : successors(F.Blocks[B])) {
        In[Start] = In[Start] || T == Start;
        if (!Seen[T])
          Todo.push_back(T);
        Seen[T] = true;
      }
    }
  }
  return In;
}

SubjectFinder::SubjectFinder(const CallFacts &Facts, FunctionId Id, const Conditions &Known)
    : Facts(Facts), Known(Known), Id(Id), F(Facts.U.Functions[Id]),
      InCycle(cycles(F)) {}

bool trace(const Function &F, const Conditions &Known, Operand O, Subject &S) {
  for (unsigned Steps = 0; Steps < 16; ++Steps) {
    bool IsRoot = O.K == Operand::Kind::Global || (O.isSlot() && O.Number < int64_t(F.Params));
    const Instruction *Def = O.isSlot() && !IsRoot ? Known.definition(O.Number) : nullptr;
    bool IsMade = Def && (Def->Code == Op::Make || Def->Code == Op::New);
    if (IsRoot || IsMade) {
      S.Root = IsRoot ? O : Operand::unknown();
      S.Made = IsMade ? Def : nullptr;
      std::reverse(S.Fields.begin(), S.Fields.end());
      return true;
    }
    if (!Def)
      return false;
    if (Def->Code == Op::Load || Def->Code == Op::Address)
      S.Fields.push_back(Def->Text);
    else if (Def->Code != Op::Move && Def->Code != Op::Copy && Def->Code != Op::Get &&
             Def->Code != Op::Cell)
      return false;
    O = Def->Operands[0];
  }
  return false;
}

std::string nameOf(const Unit &U, const Function &F, const Subject &S) {
  if (!S.Fields.empty())
    return S.Fields.back();
  if (S.Root.isSlot())
    return F.Slots[S.Root.Number].Name;
  if (S.Made)
    return S.Made->Text;
  return U.Globals[S.Root.Number].Name;
}

bool isSame(const Subject &A, const Subject &B) {
  return std::tie(A.Kind, A.Root, A.Made, A.Fields) == std::tie(B.Kind, B.Root, B.Made, B.Fields);
}

static bool raises(const Instruction &I) {
  return I.Code == Op::Count && I.Operands[1].K == Operand::Kind::Int && I.Operands[1].Number > 0;
}

void SubjectFinder::add(Subject S) {
  if (none_of(Found, [&](const Subject &Other) { return isSame(S, Other); }))
    Found.push_back(std::move(S));
}

void SubjectFinder::raise(const Instruction &I, InstructionRef At) {
  Subject S;
  S.Site = At;
  // A jthread's own cancel is requested by its destructor, through the task.
  if (I.Code == Op::Make && I.Kind == ObjectKind::Cancel && I.Flag.has(Flag::Implicit))
    return;
  if (I.Code == Op::Make && I.Kind == ObjectKind::Cancel) {
    S.Kind = ObligationKind::Cancel;
    S.Name = I.Text;
    S.Made = &I;
    return add(std::move(S));
  }
  if (!raises(I) || Facts.Classes.isAcquired(Id, I.Operands[0]))
    return;
  if (trace(F, Known, I.Operands[0], S)) {
    S.Name = nameOf(Facts.U, F, S);
    add(std::move(S));
  }
}

/// Must every run of this function do what \p I does? A body that does it in a
/// loop serves many, a method or callback may be run again until it has done it.
bool SubjectFinder::mayOwe(const Subject &S, const Instruction &I, BlockId B) const {
  if (InCycle[B] || I.Code == Op::Reset || I.Code == Op::Kill)
    return false;
  if (Facts.Classes.isAcquired(Id, I.Operands[0]))
    return false;
  if (Facts.IsTask[Id])
    return S.Fields.empty() || !Facts.Classes.isDischargedElsewhere(Id, I.Operands[0]);
  return S.Root.isSlot() && S.Fields.empty() && !Facts.IsCallable[Id] &&
         !Facts.Classes.isDischargedElsewhere(Id, I.Operands[0]);
}

void SubjectFinder::discharge(const Instruction &I, InstructionRef At) {
  for (ObligationKind Kind : {ObligationKind::Count, ObligationKind::Event}) {
    Subject S;
    S.Kind = Kind;
    S.Site = At;
    S.FromEntry = true;
    if (!discharges(I, Kind) || !trace(F, Known, I.Operands[0], S) || S.Made || !mayOwe(S, I, At.B))
      continue;
    S.Name = nameOf(Facts.U, F, S);
    add(std::move(S));
  }
}

std::vector<Subject> SubjectFinder::run() {
  auto Each = [&](auto Visit) {
    for (BlockId B = 0; B < F.Blocks.size(); ++B)
      for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N)
        Visit(F.Blocks[B].Body[N], InstructionRef{Id, B, N});
  };
  // What is raised here is owed from there on, not from the entry.
  Each([&](const Instruction &I, InstructionRef At) { raise(I, At); });
  Each([&](const Instruction &I, InstructionRef At) { discharge(I, At); });
  sort(Found, [](const Subject &A, const Subject &B) { return A.Site < B.Site; });
  return std::move(Found);
}

std::vector<Subject> subjects(const CallFacts &Facts, FunctionId F, const Conditions &Known) {
  return SubjectFinder(Facts, F, Known).run();
}

} // namespace taskleak
