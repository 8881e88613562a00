// Decoding of a unit's functions for the explorer.

#include "explore/Program.h"

#include "explore/Operands.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

namespace {

void markJoins(CodeFunction &F) {
  std::vector<unsigned> Preds(F.Blocks.size());
  std::vector<uint8_t> Seen(F.Blocks.size()); // 1: on the path, 2: done
  std::vector<std::pair<BlockId, size_t>> Path;
  auto Successors = [&](BlockId B) {
    llvm::SmallVector<BlockId, 4> Out(F.Blocks[B].Body.back().I->Targets.begin(),
                                      F.Blocks[B].Body.back().I->Targets.end());
    if (F.Blocks[B].Unwind != NoId)
      Out.push_back(F.Blocks[B].Unwind);
    return Out;
  };
  Path.push_back({0, 0});
  Seen[0] = 1;
  while (!Path.empty()) {
    auto &[B, Next] = Path.back();
    auto Out = Successors(B);
    if (Next == Out.size()) {
      Seen[B] = 2;
      Path.pop_back();
      continue;
    }
    BlockId To = Out[Next++];
    F.Blocks[To].Joins |= ++Preds[To] > 1;
    F.Blocks[To].LoopHead |= Seen[To] == 1;
    if (Seen[To] == 0) {
      Seen[To] = 1;
      Path.push_back({To, 0});
    }
  }
}

} // namespace

Program::Program(const Unit &U, FunctionId Entry, bool OwnsGlobals, bool Compress)
    : U(U), Entry(Entry), OwnsGlobals(OwnsGlobals) {
  intern("");
  Functions.resize(U.Functions.size());
  findReachable();
  if (Compress)
    Numbers = compressNumbers(U, Reachable);
  for (const auto &[From, To] : Numbers)
    Compressed |= From != To;
  SomeText = intern("some text");
  for (FunctionId F : Reachable) {
    decode(F);
    noticeTexts(U.Functions[F]);
  }
}

void Program::decode(FunctionId Id) {
  const Function &F = U.Functions[Id];
  auto Out = std::make_unique<CodeFunction>();
  Out->F = &F;
  Out->Slots = std::max<uint32_t>(F.Params, uint32_t(F.Slots.size()));
  Out->Blocks.resize(F.Blocks.size());
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    CodeBlock &Block = Out->Blocks[B];
    Block.Unwind = F.Blocks[B].Unwind;
    Block.Body.reserve(F.Blocks[B].Body.size());
    for (uint32_t I = 0; I < F.Blocks[B].Body.size(); ++I) {
      Block.Body.push_back(decode(F.Blocks[B].Body[I], *Out));
      Sites.push_back({Id, B, I});
      notice(F.Blocks[B].Body[I]);
      noteOverriders(F.Blocks[B].Body[I]);
    }
  }
  if (Id == Entry) // Its parameters are what is unknown.
    for (const SlotInfo &S : F.Slots)
      intern(S.Name);
  markJoins(*Out);
  Functions[Id] = std::move(Out);
}

Code Program::decode(const Instruction &I, CodeFunction &Into) {
  auto Widen = [&](uint64_t Slot) {
    constexpr uint64_t MostSlots = 1u << 20;
    if (Slot < MostSlots)
      Into.Slots = std::max(Into.Slots, uint32_t(Slot) + 1);
  };
  Code C;
  C.I = &I;
  C.Site = uint32_t(Sites.size());
  C.Text = intern(I.Text);
  forEachOperand(I, [&](const Operand &O) {
    if (O.isSlot())
      Widen(uint64_t(O.Number));
  });
  Widen(I.Result);
  Widen(I.Received);
  for (const Operand &O : I.Operands)
    C.Args.push_back(decode(O));
  for (const auto &[Name, O] : I.Named)
    (Name == Role::Cancel ? C.Cancel
     : Name == Role::Done ? C.Done
     : Name == Role::Fulfil ? C.Fulfil : C.Strand) = decode(O);
  return C;
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

Arg Program::decode(const Operand &O) const {
  switch (O.K) {
  case Operand::Kind::Slot:
    return {Arg::Kind::Slot, uint32_t(O.Number), {}};
  case Operand::Kind::Global:
    return {Arg::Kind::Global, uint32_t(O.Number), {}};
  case Operand::Kind::Int:
    return {Arg::Kind::Constant, 0, Value::integer(number(O.Number))};
  case Operand::Kind::Null:
    return {Arg::Kind::Constant, 0, Value::null()};
  case Operand::Kind::Function:
    return {Arg::Kind::Constant, 0, Value::function(uint32_t(O.Number))};
  case Operand::Kind::Unknown:
    break;
  }
  return {};
}

const Code *Program::code(const InstructionRef &Ref) const {
  const CodeFunction *F = function(Ref.F);
  if (!F || Ref.B >= F->Blocks.size() || Ref.Index >= F->Blocks[Ref.B].Body.size())
    return nullptr;
  return &F->Blocks[Ref.B].Body[Ref.Index];
}

TextId Program::intern(llvm::StringRef Text) {
  auto [Known, New] = TextIds.try_emplace(Text, TextId(Texts.size()));
  if (New) {
    // Past the last number all texts share one; a name is never worth a wrong answer,
    // and the search gives up on a unit of that size anyway.
    if (Texts.size() >= 0xfff0)
      return Known->second = 0;
    Texts.push_back(Text.str());
  }
  return Known->second;
}

TextId Program::textId(llvm::StringRef Text) const {
  auto Known = TextIds.find(Text);
  return Known == TextIds.end() ? 0 : Known->second;
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

bool Program::isEmbedded(TextId Type, TextId Field) const {
  const RecordType *R = record(Type);
  return R && llvm::is_contained(R->Embedded, Texts[Field]);
}

int64_t Program::number(int64_t N) const {
  auto Known = Numbers.find(N);
  return Known == Numbers.end() ? N : Known->second;
}

int64_t Program::original(int64_t N) const {
  for (const auto &[From, To] : Numbers)
    if (To == N)
      return From;
  return N;
}

} // namespace taskleak
