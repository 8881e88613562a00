// The walk over (block, state) pairs; see Paths.h.

#include "flow/Paths.h"

#include "flow/Holding.h"
#include "flow/LockEffects.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <map>

using namespace llvm;

namespace taskleak {

/// More states than this for one subject, and nothing is told about it.
static constexpr size_t MaxStates = 500;

namespace {
class Walk {
  const CallFacts &Facts;
  FunctionId Id;
  const Function &F;
  const Subject &S;
  const Conditions &Known;
  Holding Hold;

  struct Node {
    BlockId B = 0;
    PathState State;
    size_t From = 0; ///< Index of the node before; the entry's is its own.
    Turn Last;
  };
  std::vector<Node> Nodes;
  std::map<std::pair<BlockId, PathState>, size_t> Seen;
  PathsResult Result;

  void visit(BlockId B, PathState State, size_t From, Turn Last);
  void leave(size_t From, InstructionRef At, const PathState &P, std::optional<Turn> Last);
  void stop(size_t From, InstructionRef At, const PathState &P);
  void open(size_t From, OpenPath Path);
  void unwind(size_t From, InstructionRef At, PathState P);
  void branch(size_t From, const Instruction &I, InstructionRef At, const PathState &P);
  void finish(size_t From, const Instruction &I, InstructionRef At, const PathState &P);
  void run(size_t N);

public:
  Walk(const CallFacts &Facts, FunctionId Id, const Subject &S, const Conditions &Known,
       const LockEffects *Locks)
      : Facts(Facts), Id(Id), F(Facts.U.Functions[Id]), S(S), Known(Known),
        Hold(Facts, Id, S, Known, Locks) {}
  PathsResult all();
};
} // namespace

void Walk::visit(BlockId B, PathState State, size_t From, Turn Last) {
  if (Seen.try_emplace({B, State}, Nodes.size()).second)
    Nodes.push_back({B, std::move(State), From, Last});
}

void Walk::open(size_t From, OpenPath Path) {
  for (size_t N = From; N != 0; N = Nodes[N].From)
    if (Nodes[N].Last.At.isValid())
      Path.Turns.push_back(Nodes[N].Last);
  // What was pushed first is the last turn, after the nodes'.
  std::reverse(Path.Turns.begin(), Path.Turns.end());
  Result.Open.push_back(std::move(Path));
}

void Walk::leave(size_t From, InstructionRef At, const PathState &P, std::optional<Turn> Last) {
  Result.AnyDone |= P.Now == Status::Done;
  const Instruction &I = at(Facts.U, At);
  if (I.Code == Op::Return) {
    Result.Exits |= 1u << unsigned(P.Now);
    if (P.Now == Status::Done)
      Result.DoneReturns.push_back(I.Operands.empty() ? Operand::unknown() : I.Operands[0]);
  }
  if (P.Now != Status::Owing)
    return;
  OpenPath Path{At, P.Exceptional, false, false, P.Since, {}};
  if (Last)
    Path.Turns.push_back(*Last);
  open(From, std::move(Path));
}

/// The obligation cannot be met any more from \p At on.
void Walk::stop(size_t From, InstructionRef At, const PathState &P) {
  bool Again = S.Kind == ObligationKind::Lock;
  open(From, {At, P.Exceptional, !Again, Again, P.Since, {}});
}

/// The instruction at \p At throws.
void Walk::unwind(size_t From, InstructionRef At, PathState P) {
  BlockId To = F.Blocks[At.B].Unwind;
  Turn T{At, To, true};
  P.Exceptional = true;
  if (To != NoId)
    visit(To, std::move(P), From, T);
  else if (!F.NoExcept && !Facts.ThrowTerminates[Id])
    leave(From, At, P, T);
}

void Walk::branch(size_t From, const Instruction &I, InstructionRef At, const PathState &P) {
  auto Fixed = Known.evaluate(I, At, P.Decided);
  for (bool Holds : {true, false}) {
    if (Fixed && *Fixed != Holds)
      continue;
    PathState Next = P;
    Known.assume(I, At, Holds, Next.Decided);
    if (Hold.isNull(I, Holds, P))
      Next.Now = Status::Gone;
    BlockId To = I.Targets[Holds ? 0 : 1];
    visit(To, std::move(Next), From, {At, To, false});
  }
}

void Walk::finish(size_t From, const Instruction &I, InstructionRef At, const PathState &P) {
  switch (I.Code) {
  case Op::Jump:
    return visit(I.Targets[0], P, From, {});
  case Op::Branch:
    return branch(From, I, At, P);
  case Op::Return:
    return leave(From, At, P, std::nullopt);
  case Op::Throw:
    if (F.Blocks[At.B].Unwind != NoId)
      visit(F.Blocks[At.B].Unwind, P, From, {});
    else if (!F.NoExcept && !Facts.ThrowTerminates[Id])
      leave(From, At, P, std::nullopt);
    return;
  default: // The process ends.
    return;
  }
}

void Walk::run(size_t N) {
  BlockId B = Nodes[N].B;
  PathState P = Nodes[N].State;
  const std::vector<Instruction> &Body = F.Blocks[B].Body;
  for (uint32_t Index = 0; Index < Body.size(); ++Index) {
    const Instruction &I = Body[Index];
    InstructionRef At{Id, B, Index};
    Status Before = P.Now;
    if (Hold.step(I, At, P))
      return stop(N, At, P);
    Result.AnyDone |= S.Kind == ObligationKind::Lock && Before == Status::Owing &&
                      P.Now == Status::Done;
    if (isTerminator(I.Code))
      return finish(N, I, At, P);
    if (Facts.mayThrow(I))
      unwind(N, At, P);
  }
}

PathsResult Walk::all() {
  visit(0, Hold.start(), 0, {});
  for (size_t N = 0; N < Nodes.size(); ++N) {
    if (Nodes.size() > MaxStates) {
      Result = {};
      Result.TooMany = true;
      return Result;
    }
    run(N);
  }
  return std::move(Result);
}

PathsResult walkPaths(const CallFacts &Facts, FunctionId F, const Subject &S,
                      const Conditions &Known, const LockEffects *Locks) {
  if (!Locks && S.Kind == ObligationKind::Lock)
    Locks = &Facts.locks();
  return Walk(Facts, F, S, Known, Locks).all();
}

} // namespace taskleak
