// Stops that are asked for and not heard.

#include "explore/Hearing.h"

#include "explore/Roots.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

static bool isRequested(const World &W, Value V) {
  const Object *O = W.find(V);
  return O && O->is(ObjectKind::Cancel) && cancelState(W, V) == CancelState::Requested;
}

/// The cancel that a variable of a frame is, or that a record which it refers to keeps.
static std::optional<std::string> requestIn(const Program &P, const World &W, Value V,
                                            llvm::StringRef Name) {
  if (isRequested(W, V))
    return Name.str();
  const Object *O = W.find(V);
  if (O && O->S == Body::Record && !O->Escaped)
    for (const Item &I : O->Items)
      if (isRequested(W, I.V))
        return P.text(I.Name).str();
  return std::nullopt;
}

std::optional<UnheardStop> unheardRequest(const Scene &S, const World &W, unsigned Task) {
  View V(S.P, W, Task);
  if (V.cancel() != CancelState::None)
    return std::nullopt;
  for (size_t I = V.T.Stack.size(); I-- > 0;) {
    const Frame &F = *V.T.Stack[I];
    const Function &Fn = S.P.U.Functions[F.F];
    for (SlotId Slot : liveSlots(S.P, V.T, I))
      if (auto Name = requestIn(S.P, W, F.Slots[Slot], Fn.Slots[Slot].Name))
        return UnheardStop{*Name, {}};
    // A parameter that nobody reads again.
    for (SlotId P = 0; P < Fn.Params && P < F.Slots.size(); ++P)
      if (F.Slots[P] == V.T.Ambient && isRequested(W, V.T.Ambient))
        return UnheardStop{Fn.Slots[P].Name, {}};
  }
  return std::nullopt;
}

namespace {

/// A place of a function where a task stands, and the loop around it.
class Standing {
  const Program &P;
  const Frame &F;
  const Function &Fn;
  std::vector<bool> Round; ///< The blocks of the loop.

  std::vector<bool> reachableFrom(BlockId From) const {
    std::vector<bool> Seen(Fn.Blocks.size());
    std::vector<BlockId> Work = {From};
    while (!Work.empty()) {
      BlockId B = Work.back();
      Work.pop_back();
      for (BlockId To : Fn.Blocks[B].Body.back().Targets)
        if (!Seen[To]) {
          Seen[To] = true;
          Work.push_back(To);
        }
    }
    return Seen;
  }

  static bool sleeps(const Instruction &I) {
    return I.Code == Op::Yield || (group(I.Code) == OpGroup::Wait && I.Flag.has(Flag::Timed));
  }

  /// Whether the function can be left from \p From without a sleep or a wait.
  bool leaves(BlockId From) const {
    std::vector<bool> Seen(Fn.Blocks.size());
    std::vector<BlockId> Work = {From};
    while (!Work.empty()) {
      BlockId B = Work.back();
      Work.pop_back();
      const Block &Now = Fn.Blocks[B];
      auto Waits = [](const Instruction &I) {
        return sleeps(I) || (group(I.Code) == OpGroup::Wait && I.Code != Op::Lock);
      };
      if (Seen[B] || llvm::any_of(Now.Body, Waits))
        continue;
      Seen[B] = true;
      if (Now.Body.back().Code == Op::Return)
        return true;
      llvm::append_range(Work, Now.Body.back().Targets);
    }
    return false;
  }

  /// Whether what is tested at \p Value comes from the memory that was stored to.
  bool reads(Operand Value, const Record::Storing &To, unsigned Depth) const {
    if (!Value.isSlot() || Depth > 6)
      return false;
    for (const Block &B : Fn.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Result != Value.Number)
          continue;
        if (I.Code == Op::Load || I.Code == Op::Get)
          return isAt(I, To);
        if (group(I.Code) == OpGroup::Value && I.Code != Op::Closure &&
            llvm::any_of(I.Operands, [&](Operand O) { return reads(O, To, Depth + 1); }))
          return true;
      }
    return false;
  }

  bool isAt(const Instruction &Read, const Record::Storing &To) const {
    Operand Base = Read.Operands[0];
    // A cell in a member: an atomic.
    if (Read.Code == Op::Get && Base.isSlot())
      for (const Block &B : Fn.Blocks)
        for (const Instruction &I : B.Body)
          if (I.Result == Base.Number && I.Code == Op::Load)
            return holds(I, To);
    if (!Base.isSlot() || F.Slots[Base.Number].object() != To.Object)
      return false;
    return Read.Code == Op::Get || P.text(To.Field) == Read.Text;
  }

  bool holds(const Instruction &Load, const Record::Storing &To) const;
  const World &W;

public:
  Standing(const Program &P, const World &W, const Frame &F)
      : P(P), F(F), Fn(P.U.Functions[F.F]), W(W) {
    Round = reachableFrom(F.B);
    if (!Round[F.B])
      Round.assign(Round.size(), false);
    for (BlockId B = 0; B < Round.size(); ++B)
      Round[B] = Round[B] && reachableFrom(B)[F.B];
  }

  bool isInLoop() const { return llvm::is_contained(Round, true); }

  /// Each round looks whether a stop was asked for: while (!stop.stop_requested())
  bool hears() const {
    for (BlockId B = 0; B < Round.size(); ++B)
      if (Round[B] && llvm::any_of(Fn.Blocks[B].Body,
                                   [](const Instruction &I) { return I.Code == Op::Requested; }))
        return true;
    return false;
  }

  InstructionRef sleep() const {
    for (BlockId B = 0; B < Round.size(); ++B)
      for (uint32_t I = 0; Round[B] && I < Fn.Blocks[B].Body.size(); ++I)
        if (sleeps(Fn.Blocks[B].Body[I]))
          return {F.F, B, I};
    return {};
  }

  /// Whether the function tests what was stored there, and then may leave at once.
  bool leavesBy(const Record::Storing &To) const {
    return llvm::any_of(Fn.Blocks, [&](const Block &B) {
      const Instruction &Last = B.Body.back();
      return Last.Code == Op::Branch && reads(Last.Operands[0], To, 0) &&
             llvm::any_of(Last.Targets, [&](BlockId Side) { return leaves(Side); });
    });
  }
};

bool Standing::holds(const Instruction &Load, const Record::Storing &To) const {
  Operand Base = Load.Operands[0];
  const Object *O = Base.isSlot() ? W.find(F.Slots[Base.Number]) : nullptr;
  return O && llvm::any_of(O->Items, [&](const Item &I) {
           return P.text(I.Name) == Load.Text && I.V == Value::ref(To.Object);
         });
}

/// A flag that the waiting task has set, and that the other tests to leave by.
std::optional<UnheardStop> unheardFlag(const Scene &S, const Witnessed &Of, const Task &T) {
  ObjectId Asks = Of.Last.Tasks[Of.Victim]->Self;
  for (const Record::Storing &Store : llvm::reverse(Of.Stores)) {
    bool IsFlag = Store.Task == Asks && (Store.Written.N == 0 || Store.Written.N == 1);
    for (const auto &F : T.Stack)
      if (IsFlag && Standing(S.P, Of.Last, *F).leavesBy(Store)) {
        std::string Name = Store.Field ? S.P.text(Store.Field).str()
                                       : nameOf(S.P, Of.Last, Value::ref(Store.Object));
        return UnheardStop{Name, Store.At};
      }
  }
  return std::nullopt;
}

} // namespace

InstructionRef sleepInLoop(const Program &P, const World &W, const Task &T) {
  for (const auto &F : llvm::reverse(T.Stack))
    if (Standing Here(P, W, *F); Here.isInLoop())
      return Here.sleep();
  return {};
}

bool tellEndless(const Scene &S, Witnessed &Of, uint16_t Endless) {
  for (unsigned T = 0; T < Of.Last.Tasks.size(); ++T) {
    if (!(Endless >> T & 1))
      continue;
    const Task &Now = *Of.Last.Tasks[T];
    std::optional<UnheardStop> Unheard = unheardRequest(S, Of.Last, T);
    if (!Unheard)
      Unheard = unheardFlag(S, Of, Now);
    for (size_t I = Now.Stack.size(); Unheard && I-- > 0;) {
      Standing Here(S.P, Of.Last, *Now.Stack[I]);
      if (!Here.isInLoop())
        continue;
      Stuck &R = Of.Report;
      R.At = Here.hears() ? InstructionRef() : Here.sleep();
      if (!R.At.isValid())
        break;
      R.Victim = Of.TrailOf[T];
      R.Endless = true;
      R.Unheard = Unheard;
      R.Object.clear();
      R.Kind = ObjectKind::None;
      R.ForTasks = false;
      R.Made = {};
      R.Callers.clear();
      while (I-- > 0)
        R.Callers.push_back({Now.Stack[I]->F, Now.Stack[I]->B, Now.Stack[I]->Index});
      return true;
    }
  }
  return false;
}

} // namespace taskleak
