// Effects of functions on locks, bottom-up; see LockEffects.h.

#include "flow/LockEffects.h"

#include "flow/Paths.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {
class EffectFinder {
  const CallFacts &Facts;
  const LockEffects &Known;
  const Function &F;
  const Conditions &Values;
  std::vector<Subject> Found;

  void add(const Operand &Lock, ArrayRef<std::string> Rest, InstructionRef At);

public:
  EffectFinder(const CallFacts &Facts, const LockEffects &Known, const Function &F,
               const Conditions &Values)
      : Facts(Facts), Known(Known), F(F), Values(Values) {}
  void see(const Instruction &I, InstructionRef At);
  std::vector<Subject> take() { return std::move(Found); }
};
} // namespace

void EffectFinder::add(const Operand &Lock, ArrayRef<std::string> Rest, InstructionRef At) {
  Subject S;
  S.Kind = ObligationKind::Lock;
  S.Site = At;
  if (!trace(F, Values, Lock, S))
    return;
  // A wrapper's name says more than that of what it wraps.
  S.Name = nameOf(Facts.U, F, S);
  S.Fields.insert(S.Fields.end(), Rest.begin(), Rest.end());
  // What is longer is a list, and its locks are not one.
  constexpr size_t MostFields = 6;
  if (S.Fields.size() > MostFields)
    return;
  if (none_of(Found, [&](const Subject &Other) { return isSame(S, Other); }))
    Found.push_back(std::move(S));
}

void EffectFinder::see(const Instruction &I, InstructionRef At) {
  if (I.Code == Op::Lock || I.Code == Op::Unlock)
    for (const Operand &Lock : I.Operands)
      add(Lock, {}, At);
  for (FunctionId Callee : Facts.Graph.called(I))
    for (const LockEffect &E : Known.of(Callee)) {
      if (E.Root.K == Operand::Kind::Global)
        add(E.Root, E.Fields, At);
      else if (size_t(E.Root.Number) < I.Operands.size())
        add(I.Operands[E.Root.Number], E.Fields, At);
    }
}

std::vector<Subject> lockSubjects(const CallFacts &Facts, const LockEffects &Known, FunctionId Id,
                                  const Conditions &Values) {
  const Function &F = Facts.U.Functions[Id];
  EffectFinder Of(Facts, Known, F, Values);
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N)
      Of.see(F.Blocks[B].Body[N], {Id, B, N});
  return Of.take();
}

static bool touchesLocks(const Function &F) {
  return any_of(F.Blocks, [](const Block &B) {
    return any_of(B.Body, [](const Instruction &I) {
      return (I.Code == Op::Lock || I.Code == Op::Unlock) && !I.Flag.has(Flag::Guard);
    });
  });
}

/// The class that a method belongs to; nothing for other functions.
StringRef ownerOf(const Function &F) {
  bool IsMethod = F.Params > 0 && F.Slots[0].Name == "this";
  StringRef Owner = StringRef(F.Name).rsplit("::").first.split("::(").first;
  return IsMethod ? Owner : StringRef();
}

/// What the returns of a function agree on; nothing: that it is as before.
static std::optional<LockEffect::Does> agreed(const PathsResult &Paths) {
  auto Only = [&](std::initializer_list<Status> Of) {
    unsigned Bits = 0;
    for (Status S : Of)
      Bits |= 1u << unsigned(S);
    return Paths.Exits && !(Paths.Exits & ~Bits);
  };
  if (Paths.TooMany)
    return LockEffect::Does::Unclear;
  if (!Paths.Exits || Only({Status::Idle, Status::Done}))
    return std::nullopt;
  if (Only({Status::Owing}))
    return LockEffect::Does::Acquires;
  return Only({Status::Released}) ? LockEffect::Does::Releases : LockEffect::Does::Unclear;
}

LockEffects::LockEffects(const CallFacts &Facts)
    : Effects(Facts.U.Functions.size()), Touched(Facts.U.Functions.size()) {
  for (FunctionId F : Facts.Graph.BottomUp) {
    const Function &Fn = Facts.U.Functions[F];
    bool CallsOne =
        any_of(Facts.Graph.Callees[F], [&](FunctionId C) { return !Effects[C].empty(); });
    if (!CallsOne && !touchesLocks(Fn))
      continue;
    Touched[F] = true;
    Conditions Values(Fn);
    std::vector<LockEffect> Own;
    for (const Subject &S : lockSubjects(Facts, *this, F, Values)) {
      if (S.Made)
        continue;
      PathsResult Paths = walkPaths(Facts, F, S, Values, this);
      if (auto Does = agreed(Paths))
        Own.push_back({S.Root, S.Fields, *Does, Paths.leavesWith(Status::Released), ownerOf(Fn)});
    }
    Effects[F] = std::move(Own);
  }
}

bool LockEffects::isReleasedElsewhere(const Function &F, const Subject &S) const {
  auto Is = [&](const LockEffect &E) {
    bool Same = S.Root.K == Operand::Kind::Global ? E.Root == S.Root : E.Root.isSlot();
    // Methods of two classes do not mean the same field.
    bool IsOthers = !E.Owner.empty() && !ownerOf(F).empty() && E.Owner != ownerOf(F);
    return Same && E.Fields == S.Fields && E.MayRelease && !IsOthers;
  };
  return any_of(Effects, [&](const auto &Of) { return any_of(Of, Is); });
}

const LockEffects &CallFacts::locks() const {
  if (!Locks)
    Locks = std::make_shared<LockEffects>(*this);
  return *Locks;
}

bool mayUnlock(const CallFacts &Facts, const Instruction &I) {
  if (I.Code == Op::Unlock)
    return true;
  return any_of(Facts.Graph.called(I), [&](FunctionId Callee) {
    return any_of(Facts.locks().of(Callee),
                  [](const LockEffect &E) { return E.What != LockEffect::Does::Acquires; });
  });
}

} // namespace taskleak
