// Writes drivers as skeletons; see Driver.h.

#include "link/Driver.h"

#include "link/CallTraits.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

/// How often each of the others calls.
constexpr unsigned Rounds = 2;

/// Writes one function, block by block.
class Writer {
  const Unit &U;
  int64_t Size;

public:
  Function F;
  BlockId Now = 0;

  Writer(const Unit &U, std::string Name, uint32_t Params, int64_t Size) : U(U), Size(Size) {
    F.Name = std::move(Name);
    F.Driver = F.InternalOnly = F.Called = true;
    F.Params = Params;
    F.Slots.resize(Params);
    F.Blocks.resize(1);
  }

  BlockId block() {
    F.Blocks.emplace_back();
    return BlockId(F.Blocks.size() - 1);
  }

  SlotId slot() {
    F.Slots.emplace_back();
    return SlotId(F.Slots.size() - 1);
  }

  Instruction &act(Op Code, ArrayRef<Operand> Operands = {}) {
    Instruction &I = F.Blocks[Now].Body.emplace_back();
    I.Code = Code;
    I.Operands.assign(Operands.begin(), Operands.end());
    return I;
  }

  Operand value(Op Code, ArrayRef<Operand> Operands = {}, StringRef Text = {}) {
    SlotId Result = slot();
    Instruction &I = act(Code, Operands);
    I.Result = Result;
    I.Text = Text.str();
    return Operand::slot(Result);
  }

  void jump(BlockId To) { act(Op::Jump).Targets = {To}; }

  void branch(Operand On, BlockId Then, BlockId Else) {
    act(Op::Branch, {On}).Targets = {Then, Else};
  }

  /// Numbers are the plan's; all else but the object is unknown.
  SmallVector<Operand, 4> arguments(FunctionId Callee, Operand Object) {
    SmallVector<Operand, 4> Out;
    if (!Object.isUnknown())
      Out.push_back(Object);
    const Function &To = U.Functions[Callee];
    for (uint32_t P = uint32_t(Out.size()); P < To.Params; ++P)
      Out.push_back(To.Slots[P].IsNumber ? Operand::integer(Size)
                                         : value(Op::Symbol, {}, To.Slots[P].Name));
    return Out;
  }

  Operand create(FunctionId Callee, std::string Text, Operand Object = {}) {
    SmallVector<Operand, 4> Arguments = arguments(Callee, Object);
    SlotId Result = slot();
    Instruction &I = act(Op::Call, Arguments);
    I.Callee = Callee;
    I.Result = Result;
    I.Text = std::move(Text);
    I.At = U.Functions[Callee].At;
    return Operand::slot(Result);
  }

  /// What it returns is the user's from then on.
  void call(FunctionId Callee, Operand Object, std::string Text) {
    act(Op::Escape, {create(Callee, std::move(Text), Object)});
  }

  void callMethod(FunctionId Callee, Operand Object) {
    call(Callee, Object, "calls '" + U.Functions[Callee].Name + "'");
  }
};

class DriverWriter {
  Unit &U;
  const DriverPlan &Plan;
  Writer W;
  std::vector<std::pair<Operand, Operand>> Gates; ///< Of the outsiders: a lock, "it is over".

public:
  DriverWriter(Unit &U, const DriverPlan &Plan)
      : U(U), Plan(Plan), W(U, "a user of " + subject(), 0, Plan.Size) {}

  FunctionId add();

private:
  /// In words.
  std::string subject() const {
    return Plan.Record == NoId ? "this file" : "'" + U.Records[Plan.Record].Name + "'";
  }
  /// A file's functions get none.
  Operand objectIn(SlotId S) const {
    return Plan.Record == NoId ? Operand::unknown() : Operand::slot(S);
  }
  FunctionId addFunction(Function F) {
    U.Functions.push_back(std::move(F));
    return FunctionId(U.Functions.size() - 1);
  }
  FunctionId secondCaller();
  FunctionId outsider();
  void letOutsidersIn(Operand Object);
  void shutOutsidersOut();
  Operand make(BlockId Fails);
  void end(Operand Object);
};

} // namespace

/// The second task: one call.
FunctionId DriverWriter::secondCaller() {
  Writer Second(U, "second caller", 1, Plan.Size);
  Second.F.At = U.Functions[Plan.Beside].At;
  BlockId End = Second.block();
  Second.F.Blocks[0].Unwind = End;
  Second.callMethod(Plan.Beside, objectIn(0));
  Second.jump(End);
  Second.Now = End;
  Second.act(Op::Return, {Operand::unknown()});
  return addFunction(std::move(Second.F));
}

/// It can do something for those who wait.
static bool canHelp(const Unit &U, FunctionId Call) {
  CallTraits Does = callTraits(U, Call);
  return Does.Changes || Does.Joins || Does.Spawns || unlocksForOthers(U, Call) ||
         handsOut(U, Call);
}

/// Calls one of the public methods, and then perhaps another. Parameters: the object, its
/// gate's lock, and whether it is over.
FunctionId DriverWriter::outsider() {
  Writer Out(U, "outsider", 3, 1);
  BlockId Start = Out.block(), Over = Out.block(), Called = Out.block(), Again = Out.block();
  Operand Round = Operand::slot(Out.slot());
  Out.act(Op::Move, {Operand::integer(0)}).Result = SlotId(Round.Number);
  Out.jump(Start);
  Out.Now = Start;
  Out.act(Op::Yield).Flag.set(Flag::World);
  Out.act(Op::Lock, {Operand::slot(1)});
  BlockId Next = Out.block();
  Out.branch(Out.value(Op::Get, {Operand::slot(2)}), Over, Next);
  for (FunctionId Callee : Plan.Calls) {
    if (!canHelp(U, Callee))
      continue;
    BlockId Call = Out.block(), Else = Out.block();
    Out.Now = Next;
    Out.branch(Out.value(Op::Symbol, {}, "another call"), Call, Else);
    Out.Now = Call;
    Out.F.Blocks[Call].Unwind = Called;
    Out.callMethod(Callee, objectIn(0));
    Out.jump(Called);
    Next = Else;
  }
  Out.Now = Next;
  Out.jump(Over);
  Out.Now = Called;
  Out.act(Op::Unlock, {Operand::slot(1)});
  Out.act(Op::Add, {Round, Operand::integer(1)}).Result = SlotId(Round.Number);
  Out.branch(Out.value(Op::Lt, {Round, Operand::integer(Rounds)}), Start, Again);
  Out.Now = Again;
  Out.act(Op::Return, {Operand::unknown()});
  Out.Now = Over;
  Out.act(Op::Unlock, {Operand::slot(1)});
  Out.act(Op::Return, {Operand::unknown()});
  return addFunction(std::move(Out.F));
}

void DriverWriter::letOutsidersIn(Operand Object) {
  if (Plan.Outsiders == 0)
    return;
  Operand Body = Operand::function(outsider());
  for (unsigned N = 0; N < Plan.Outsiders; ++N) {
    Operand Lock = W.value(Op::Make);
    W.F.Blocks[W.Now].Body.back().Kind = ObjectKind::Lock;
    Operand Over = W.value(Op::Cell, {Operand::integer(0)}, "over");
    W.act(Op::Spawn, {Body, Object, Lock, Over}).Text = "outsider";
    Gates.push_back({Lock, Over});
  }
}

void DriverWriter::shutOutsidersOut() {
  for (auto [Lock, Over] : Gates) {
    W.act(Op::Lock, {Lock});
    W.act(Op::Put, {Over, Operand::integer(1)});
    W.act(Op::Unlock, {Lock});
  }
}

void DriverWriter::end(Operand Object) {
  shutOutsidersOut();
  if (Plan.Ender != NoId) {
    Instruction &I = W.act(Op::Call, {Object});
    I.Callee = Plan.Ender;
    I.Text = "destroys the " + subject();
    I.At = U.Functions[I.Callee].At;
    // The compiler's part of a destructor stands nowhere, the user's does.
    for (const Block &B : U.Functions[I.Callee].Blocks)
      for (const Instruction &Inner : B.Body)
        if (Inner.Code == Op::Call && !I.At.isValid())
          I.At = Inner.At;
  }
  W.act(Op::Return, {Operand::unknown()});
}

/// Constructed in place, or returned by a function that may also fail.
Operand DriverWriter::make(BlockId Fails) {
  if (Plan.Record == NoId)
    return Operand::unknown();
  const RecordType &Class = U.Records[Plan.Record];
  std::string Text = "makes a " + subject();
  if (!is_contained(Class.Use.Creators, Plan.Maker)) {
    Operand Object = W.value(Op::New, {}, Class.Name);
    W.call(Plan.Maker, Object, std::move(Text));
    return Object;
  }
  Operand Object = W.create(Plan.Maker, std::move(Text));
  BlockId Made = W.block();
  W.F.Blocks[Made].Unwind = Fails;
  W.branch(Object, Made, Fails);
  W.Now = Made;
  return Object;
}

FunctionId DriverWriter::add() {
  FunctionId Second = Plan.Beside == NoId ? NoId : secondCaller();
  W.F.At = U.Functions[Plan.Maker != NoId ? Plan.Maker : Plan.Calls[0]].At;
  BlockId Calls = W.block(), Ends = W.block(), Fails = W.block();
  W.F.Blocks[0].Unwind = Fails;
  W.F.Blocks[Calls].Unwind = Ends;
  Operand Object = make(Fails);
  letOutsidersIn(Object);
  W.jump(Calls);
  W.Now = Fails;
  W.act(Op::Return, {Operand::unknown()});
  W.Now = Calls;
  for (FunctionId F : Plan.Before)
    W.callMethod(F, Object);
  if (Second == NoId) {
    W.jump(Ends);
  } else {
    // Whatever happens, the second task's call is over before the object ends.
    BlockId Join = W.block(), Both = W.block();
    Operand Task = W.value(Op::Spawn, {Operand::function(Second), Object}, "second caller");
    W.jump(Both);
    W.F.Blocks[Both].Unwind = Join;
    W.Now = Both;
    for (FunctionId F : Plan.After)
      W.callMethod(F, Object);
    W.jump(Join);
    W.Now = Join;
    W.act(Op::Join, {Task});
    W.jump(Ends);
  }
  W.Now = Ends;
  end(Object);
  return addFunction(std::move(W.F));
}

FunctionId addDriver(Unit &U, const DriverPlan &Plan) { return DriverWriter(U, Plan).add(); }

} // namespace taskleak
