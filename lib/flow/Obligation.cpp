// Judges the open paths of each subject of a function, and says which branch,
// loop or exception leaves the discharge out; see Obligation.h.

#include "flow/Obligation.h"

#include "flow/Dataflow.h"
#include "flow/LeftLocked.h"
#include "flow/LockEffects.h"
#include "flow/Paths.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace llvm;

namespace taskleak {

namespace {
/// Can a block still come to one of some blocks, itself included?
struct Reaching {
  static constexpr bool Forward = false;
  using State = uint8_t;
  std::vector<bool> Here;

  State start() const { return false; }
  State bottom() const { return false; }
  State transfer(BlockId B, const State &After) const { return After || Here[B]; }
  bool join(State &Into, const State &From) const {
    bool Grows = From && !Into;
    Into |= From;
    return Grows;
  }
};

class Judge {
  const CallFacts &Facts;
  FunctionId Id;
  const Function &F;
  const Subject &S;
  std::vector<uint8_t> Reaches; ///< By block: a discharge may still come, itself included.

  bool reaches(BlockId B) const { return B != NoId && Reaches[B]; }
  bool reachedFrom(BlockId From, BlockId To) const;
  SkippedBy branchSkips(const Turn &T, const OpenPath &Path) const;
  SkippedBy skipped(const OpenPath &Path) const;

public:
  Judge(const CallFacts &Facts, FunctionId Id, const Subject &S);
  OpenObligation tell(const OpenPath &Path) const;
};
} // namespace

Judge::Judge(const CallFacts &Facts, FunctionId Id, const Subject &S)
    : Facts(Facts), Id(Id), F(Facts.U.Functions[Id]), S(S) {
  Reaching A;
  for (const Block &B : F.Blocks)
    A.Here.push_back(
        any_of(B.Body, [&](const Instruction &I) {
          return S.Kind == ObligationKind::Lock ? mayUnlock(Facts, I) : discharges(I, S.Kind);
        }));
  Reaches = solve(F, A).After;
}

bool Judge::reachedFrom(BlockId From, BlockId To) const {
  Reaching A{std::vector<bool>(F.Blocks.size())};
  A.Here[To] = true;
  return solve(F, A).After[From];
}

static std::string negated(const std::string &Condition) {
  if (Condition.empty())
    return Condition;
  bool IsWord = all_of(Condition, [](char C) { return isalnum((unsigned char)C) || C == '_'; });
  return IsWord ? "!" + Condition : "!(" + Condition + ")";
}

/// The side taken at \p T can no longer come to a discharge; the other one could.
SkippedBy Judge::branchSkips(const Turn &T, const OpenPath &Path) const {
  const Instruction &Branch = at(Facts.U, T.At);
  bool Then = T.To == Branch.Targets[0];
  BlockId Other = Branch.Targets[Then ? 1 : 0];
  using Reason = SkippedBy::Reason;
  if (!Path.Again && reachedFrom(Other, T.At.B))
    return {Reason::LoopSkipped, T.At, Branch.Text};
  if (!Path.Again && !reachedFrom(Other, Path.Exit.B))
    return {Reason::EarlyReturn, T.At, Then ? Branch.Text : negated(Branch.Text)};
  return {Then ? Reason::ThenBranch : Reason::ElseBranch, T.At, Branch.Text};
}

static std::string callee(const Unit &U, const Instruction &I) {
  if (I.Code == Op::Call && I.Callee < U.Functions.size())
    return U.Functions[I.Callee].Name;
  return I.Text;
}

SkippedBy Judge::skipped(const OpenPath &Path) const {
  using Reason = SkippedBy::Reason;
  if (Path.Overwritten)
    return {Reason::Overwritten, Path.Exit, ""};
  for (const Turn &T : reverse(Path.Turns)) {
    if (T.Throws)
      return {Reason::Exception, T.At, callee(Facts.U, at(Facts.U, T.At))};
    const auto &Targets = at(Facts.U, T.At).Targets;
    BlockId Other = Targets[T.To == Targets[0] ? 1 : 0];
    if (!reaches(T.To) && reaches(Other))
      return branchSkips(T, Path);
  }
  // All sides come together again: the last branch whose other side discharges on its own.
  for (const Turn &T : reverse(Path.Turns)) {
    const auto &Targets = at(Facts.U, T.At).Targets;
    BlockId Other = Targets[T.To == Targets[0] ? 1 : 0];
    if (reaches(Other))
      return branchSkips(T, Path);
  }
  return {Reason::NeverDone, Path.Exit, ""};
}

OpenObligation Judge::tell(const OpenPath &Path) const {
  OpenObligation O;
  O.Kind = S.Kind;
  O.F = Id;
  O.Site = Path.Since.isValid() ? Path.Since : S.Site;
  O.Exit = Path.Exit;
  O.Skipped = skipped(Path);
  O.Object = S.Name;
  O.Again = Path.Again;
  O.MayThrowOnly = Path.Exceptional;
  return O;
}

/// The path to tell: one without exceptions if there is any.
static const OpenPath *best(const PathsResult &Paths) {
  const OpenPath *Best = nullptr;
  for (const OpenPath &P : Paths.Open)
    if (!Best || (Best->Exceptional && !P.Exceptional))
      Best = &P;
  return Best;
}

/// By slot: whether \p Slot is worked out from it.
static std::vector<bool> sources(const Function &F, SlotId Slot) {
  std::vector<bool> Of(F.Slots.size());
  Of[Slot] = true;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        for (const Operand &O : I.Operands)
          if (group(I.Code) == OpGroup::Value && I.Result != NoId && Of[I.Result] && O.isSlot() &&
              !Of[O.Number])
            Changed = Of[O.Number] = true;
  }
  return Of;
}

/// Whether \p Slot is worked out from a number that the function counts in what it shares.
static bool countsShared(const Function &F, SlotId Slot) {
  std::vector<bool> Of = sources(F, Slot), IsSum(F.Slots.size());
  std::set<std::pair<int64_t, std::string>> Read, Counted; // By cell or record, and by field.
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      if (I.Result != NoId)
        IsSum[I.Result] = IsSum[I.Result] || I.Code == Op::Add || I.Code == Op::Sub;
      bool IsRead = (I.Code == Op::Get || I.Code == Op::Load) && Of[I.Result];
      if (IsRead)
        Read.insert({I.Operands[0].Number, I.Code == Op::Get ? "" : I.Text});
    }
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if ((I.Code == Op::Put || I.Code == Op::Store) && I.Operands[1].isSlot() &&
          IsSum[I.Operands[1].Number]) {
        Counted.insert({I.Operands[0].Number, I.Code == Op::Put ? "" : I.Text});
        if (Of[I.Operands[1].Number])
          return true;
      }
  return any_of(Read, [&](const auto &Where) { return Counted.count(Where) != 0; });
}

/// Whoever is the last of several does it: if (--left == 0) group.done();
static bool isLeftToTheLast(const CallFacts &Facts, const OpenObligation &O) {
  if (!O.Skipped.At.isValid())
    return false;
  const Instruction &I = at(Facts.U, O.Skipped.At);
  return I.Code == Op::Branch && I.Operands[0].isSlot() &&
         countsShared(Facts.U.Functions[O.F], SlotId(I.Operands[0].Number));
}

static bool mayHaveSubjects(const Function &F) {
  return anyInstruction(F, [](const Instruction &I) {
    return discharges(I) || I.Code == Op::Count ||
           (I.Code == Op::Make && I.Kind == ObjectKind::Cancel);
  });
}

/// All that can be done to the object is in sight.
static bool isOfKnownClass(const Unit &U, const Function &F, const Subject &S) {
  const RecordType *Class = U.findRecord(ownerOf(F).str());
  bool IsOfThis = S.Root == Operand::slot(F.Captures) && !S.Fields.empty();
  return IsOfThis && Class && Class->Use.canBeMade() && !Class->Use.Open;
}

std::vector<OpenObligation> lockedOnSomePaths(const CallFacts &Facts, FunctionId Id) {
  std::vector<OpenObligation> Found;
  if (!Facts.locks().isTouchedBy(Id))
    return Found;
  Conditions Known(Facts.U.Functions[Id]);
  for (const Subject &S : lockSubjects(Facts, Facts.locks(), Id, Known)) {
    PathsResult Paths = walkPaths(Facts, Id, S, Known);
    bool IsReleased = Facts.locks().isReleasedElsewhere(Facts.U.Functions[Id], S);
    bool MayBeKept = IsReleased || !isOfKnownClass(Facts.U, Facts.U.Functions[Id], S);
    const OpenPath *Open = pathLeftLocked(Facts.U, Paths, MayBeKept);
    if (!Open)
      continue;
    Found.push_back(Judge(Facts, Id, S).tell(*Open));
    Found.back().MayBeMeant = S.Made || IsReleased;
  }
  return Found;
}

std::vector<OpenObligation> openObligations(const CallFacts &Facts, FunctionId Id) {
  const Function &F = Facts.U.Functions[Id];
  std::vector<OpenObligation> Found;
  if (!mayHaveSubjects(F))
    return Found;
  Conditions Known(F);
  for (const Subject &S : subjects(Facts, Id, Known)) {
    PathsResult Paths = walkPaths(Facts, Id, S, Known);
    // Without a path that does it, somebody else has to: not this function's fault.
    bool MustBeDone = S.Kind != ObligationKind::Cancel;
    const OpenPath *Open = best(Paths);
    if (Paths.TooMany || !Open || (MustBeDone && !Paths.AnyDone))
      continue;
    OpenObligation Told = Judge(Facts, Id, S).tell(*Open);
    if (!isLeftToTheLast(Facts, Told))
      Found.push_back(std::move(Told));
  }
  return Found;
}

std::vector<OpenObligation> openObligations(const Unit &U, FunctionId F) {
  if (!mayHaveSubjects(U.Functions[F]))
    return {};
  return openObligations(CallFacts(U), F);
}

} // namespace taskleak
