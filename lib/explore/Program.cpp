// What a scenario's functions have in common; see Program.h.

#include "explore/Program.h"

#include "explore/Watchdog.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

Program::Program(const Unit &U, FunctionId Entry, bool OwnsGlobals, Numbers Written,
                 Arguments Given)
    : U(U), Entry(Entry), OwnsGlobals(OwnsGlobals), HasNoArguments(Given == Arguments::None),
      Callable(U), Largest(Written == Numbers::Small ? LargestSmall : LargestAsItIs) {
  intern("");
  Functions.resize(U.Functions.size(), &OutOfSight);
  findReachable();
  if (Written == Numbers::Small)
    Small = compressNumbers(U, Reachable);
  SomeText = intern("some text");
  for (const RecordType &R : U.Records)
    for (const std::string &Field : R.LeadBack)
      LeadToWhole.insert(intern(Field));
  for (FunctionId F : Reachable) {
    Functions[F] = nullptr;
    for (const Block &B : U.Functions[F].Blocks)
      for (const Instruction &I : B.Body)
        notice(I);
    noticeTexts(U.Functions[F]);
  }
  ComparesAny |= MakesTexts && ComparesTexts;
}

TextId Program::kept(TextId T) const {
  if (ComparesAny || Compared.contains(T))
    return T;
  return MeasuresTexts ? intern(std::string(text(T).size(), '-')) : SomeText;
}

/// Remembers what makes a difference to how exactly tasks must be told apart.
void Program::notice(const Instruction &I) {
  AsksOutside |= I.Code == Op::Symbol || I.Code == Op::Opaque;
  bool IsGivenCancel = llvm::any_of(
      I.Named, [](const auto &Named) { return Named.first == Role::Cancel; });
  HearsCancels |= I.Code == Op::Requested || I.Code == Op::OnRequest || I.Flag.has(Flag::Ambient) ||
                  (IsGivenCancel && I.Code != Op::Spawn);
  bool Tries = I.Flag.has(Flag::Try) || I.Flag.has(Flag::Timed);
  bool Keeps = I.Code == Op::Make && I.Flag.has(Flag::KeepsSenders);
  Interrupts |= I.Code == Op::Interrupt || Keeps;
  // Who waits for such a lock is seen by others, and so is that it was held.
  bool TellsWriters = I.Code == Op::Make && I.Kind == ObjectKind::Lock &&
                      (I.Flag.has(Flag::WritersFirst) || I.Operands.size() > 1);
  bool WaitsOnLock = I.Code == Op::Wait && I.Operands.size() > 2 && I.Operands[0] == I.Operands[1];
  TriesLocks |= (I.Code == Op::Lock && Tries) || TellsWriters || WaitsOnLock;
  bool MayEndOtherwise = Tries || IsGivenCancel || I.Flag.has(Flag::Ambient);
  AcquiresCounters |= I.Code == Op::Acquire;
  AwaitsCounters |= I.Code == Op::Await;
  TriesCounters |= I.Code == Op::Select ||
                   (MayEndOtherwise && (I.Code == Op::Acquire || I.Code == Op::Await));
  TriesChannels |= Tries && (I.Code == Op::Send || I.Code == Op::Receive || I.Code == Op::Poll);
}

/// Which strings others are compared with: `name == "main"`.
void Program::noticeTexts(const Function &F) {
  std::vector<TextId> Written(F.Slots.size());
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Code == Op::Text && I.Result < Written.size())
        Written[I.Result] = intern(I.Text);
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      MakesTexts |= I.Code == Op::Concat || I.Code == Op::Part;
      MeasuresTexts |= I.Code == Op::Length;
      ComparesAny |= I.Code == Op::Char || I.Code == Op::Find || I.Code == Op::FindLast ||
                     I.Code == Op::OrderTexts;
      ComparesTexts |= I.Code == Op::SameText;
      if (I.Code != Op::SameText)
        continue;
      bool IsWritten = false;
      for (const Operand &O : I.Operands)
        if (uint64_t S = uint64_t(O.Number); O.isSlot() && S < Written.size() && Written[S]) {
          IsWritten = true;
          Compared.insert(Written[S]);
        } else {
          IsWritten |= O.K == Operand::Kind::Null;
        }
      ComparesAny |= !IsWritten;
    }
}

const Code *Program::code(const InstructionRef &Ref) const {
  const CodeFunction *F = function(Ref.F);
  if (!F || Ref.B >= F->Blocks.size() || Ref.Index >= F->Blocks[Ref.B].Body.size())
    return nullptr;
  return &F->Blocks[Ref.B].Body[Ref.Index];
}

TextId Program::intern(llvm::StringRef Text) const {
  auto [Known, New] = TextIds.try_emplace(Text, TextId(Texts.size()));
  if (New) {
    // Past the last number all texts share one; a name is never worth a wrong answer,
    // and the search gives up on a unit of that size anyway.
    if (Texts.size() >= 0xfff0)
      return Known->second = 0;
    Texts.push_back(Known->first());
  }
  return Known->second;
}

const RecordType *Program::record(TextId Type) const {
  auto [Known, New] = Records.try_emplace(Type);
  if (New)
    Known->second = U.findRecord(Texts[Type]);
  return Known->second;
}

FunctionId Program::method(TextId Type, llvm::StringRef Key) const {
  const RecordType *R = record(Type);
  if (!R)
    return NoId;
  for (const auto &[Name, F] : R->Methods)
    if (Name == Key)
      return F;
  return NoId;
}

bool Program::isWatchdog(FunctionId Root) const {
  auto [Known, New] = Watchdogs.try_emplace(Root);
  if (New)
    Known->second = taskleak::isWatchdog(U, Root);
  return Known->second;
}

bool Program::isEmbedded(TextId Type, TextId Field) const {
  const RecordType *R = record(Type);
  return R && llvm::is_contained(R->Embedded, Texts[Field]);
}

int64_t Program::number(int64_t N) const {
  auto Known = Small.Of.find(std::abs(N));
  return Known == Small.Of.end() ? N : N < 0 ? -Known->second : Known->second;
}

bool Program::standsFor(int64_t Image, int64_t N) const {
  return llvm::all_of(Small.Of, [&](const auto &Of) {
    bool IsAsNear = (std::abs(N) < Of.first) == (std::abs(Image) < Of.second);
    return IsAsNear && (std::abs(N) == Of.first) == (std::abs(Image) == Of.second);
  });
}

bool Program::keepsOrder(int64_t N) const { return standsFor(N, N); }

int64_t Program::original(int64_t N) const {
  for (const auto &[From, To] : Small.Of)
    if (To == std::abs(N))
      return N < 0 ? -From : From;
  return N;
}

} // namespace taskleak
