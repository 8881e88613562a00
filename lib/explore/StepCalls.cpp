// Calls, returns and exceptions.

#include "explore/CaptureEnds.h"
#include "explore/Machine.h"
#include "skeleton/VirtualCall.h"

namespace taskleak {

void Machine::call(const Code &C) {
  View V = view();
  // What a user of a class calls is told.
  if (P.U.Functions[task().top().F].Driver)
    log(C);
  llvm::SmallVector<Value, 8> Args;
  for (size_t I = 0; I < C.Args.size(); ++I)
    Args.push_back(V.arg(I));
  switch (C.op()) {
  case Op::Call:
    if (Log && C.has(Flag::Copies) && Args.size() > 1)
      Log->Copies.push_back(
          {Self, Args[1].object(), Args[0].object(), P.site(C.Site), C.I->Callee});
    if (!enter(C.I->Callee, Args, ToCaller))
      callExtern(C);
    return;
  case Op::CallClosure: {
    Value Callee = V.arg(0);
    llvm::ArrayRef<Value> Rest = llvm::ArrayRef(Args).drop_front(Args.empty() ? 0 : 1);
    if (Callee.isZero())
      State = Ending::Over; // No path of a correct program.
    else if (!enterCallable(Callee, Rest, ToCaller))
      callExtern(C);
    return;
  }
  case Op::CallVirtual: {
    const Object *O = W.find(V.arg(0));
    FunctionId F = O && O->S == Body::Record
                       ? P.method(TextId(O->N[0]), VirtualCallee(C.I->Text).Key)
                       : overrider(C, V.arg(0));
    if (!enter(F, Args, ToCaller))
      callExtern(C);
    return;
  }
  default:
    return callExtern(C);
  }
}

/// Starts a frame; false if there is no body to run.
bool Machine::enter(FunctionId F, llvm::ArrayRef<Value> Args, int32_t Result) {
  const CodeFunction *Fn = P.function(F);
  if (!Fn)
    return false;
  if (task().Stack.size() >= Limits.Frames) {
    truncate("frames");
    return true;
  }
  Frame New;
  New.F = F;
  New.Result = Result;
  New.Activation = ++W.Activations;
  New.Slots.resize(Fn->Slots);
  for (size_t I = 0; I < Args.size() && I < Fn->F->Params; ++I)
    New.Slots[I] = Args[I];
  editTask().Stack.push_back(CopyOnWrite<Frame>(std::move(New)));
  return true;
}

bool Machine::enterCallable(Value Callable, llvm::ArrayRef<Value> Args, int32_t Result) {
  if (Callable.K == Value::Kind::Function)
    return enter(FunctionId(Callable.N), Args, Result);
  const Object *O = W.find(Callable);
  if (!O || O->S != Body::Closure || O->N[0] < 0)
    return false;
  llvm::SmallVector<Value, 8> All;
  for (const Item &I : O->Items)
    All.push_back(I.V);
  All.append(Args.begin(), Args.end());
  bool Owns = ownsCaptures(*O);
  size_t Depth = task().Stack.size();
  if (!enter(FunctionId(O->N[0]), All, Result))
    return false;
  if (Owns && task().Stack.size() > Depth)
    editTask().editTop().Runs = Callable;
  return true;
}

/// A callee out of sight: its result is unknown, and it may throw if the
/// operation says so. What is known of an `extern` is which arguments it can
/// keep; of a callee that could be anything, nothing.
void Machine::callExtern(const Code &C) {
  if (C.has(Flag::World))
    W.escapeAll(ObjectKind::Channel);
  bool IsAnything = C.op() != Op::Extern;
  if (C.has(Flag::Update) || C.has(Flag::Escapes))
    for (size_t I = 0; I < C.Args.size(); ++I)
      if (Value V = view().arg(I); V.pointsToObject())
        W.Symbols.edit().forgetAnswers(V);
  if (IsAnything || (C.has(Flag::Escapes) && !C.has(Flag::Drop)))
    for (size_t I = 0; I < C.Args.size(); ++I)
      W.escape(view().arg(I), C.has(Flag::Foreign));
  if (C.has(Flag::Throws) && choose(2) == 1) {
    bool IsVirtual = C.op() == Op::CallVirtual;
    llvm::StringRef Callee = IsVirtual ? VirtualCallee(C.I->Text).name() : C.I->Text;
    assume(C, [&] { return "`" + Callee.str() + "` throws"; });
    if (Record::Event *E = log(C))
      E->Threw = true;
    return raise();
  }
  if (IsAnything && C.I->Result != NoId) {
    Term Answer{Term::Kind::Fresh, C.Text, 0, C.Site, {}};
    if (Value Callee = view().arg(0); C.op() == Op::CallClosure && Callee.isSymbol())
      Answer.Args = {Callee}; // Who has passed it knows the answer.
    setResult(C, Value::symbol(W.Symbols.edit().intern(std::move(Answer))));
  } else {
    setResult(C, Value());
  }
  advance();
}

void Machine::terminator(const Code &C) {
  const auto &Targets = C.I->Targets;
  switch (C.op()) {
  case Op::Jump:
    return enterBlock(Targets[0]);
  case Op::Branch:
    if (Targets[0] == Targets[1])
      return enterBlock(Targets[0]);
    return enterBlock(Targets[decide(view().arg(0), C) ? 0 : 1]);
  case Op::Return:
    return leave(C.Args.empty() ? Value() : view().arg(0));
  case Op::Throw:
    if (!C.Args.empty())
      return raise(view().arg(0).isText() ? TextId(view().arg(0).N) : TextId(0));
    return raise(C.Text ? C.Text : task().Raised);
  default:
    if (endsAlone())
      return endTask(/*Threw=*/false, Value());
    State = isMain() && task().Stack.size() == 1 ? Ending::GivenUp : Ending::Over;
  }
}

/// The task is main's.
bool Machine::isMain() const { return task().IsEntry && P.U.Functions[P.Entry].IsMain; }

/// Ends the process where that is no help to those that are stuck: at main's end, or because
/// it has taken so long.
bool Machine::endsAlone() const {
  const Task &T = task();
  return isMain() ? T.Stack.size() == 1 && !T.EverGuessed && !Flipped
                  : P.isWatchdog(T.Stack.front()->F);
}

void Machine::leave(Value Result) {
  int32_t To = task().top().Result;
  if (task().Stack.size() == 1) {
    // A program that gives up, for a reason that it may have.
    if (isMain() && task().EverGuessed && Result.isInt() && !Result.isZero()) {
      State = Ending::GivenUp;
      return;
    }
    const Code &C = view().C;
    if (Record::Event *E = log(C))
      E->EndsTask = true;
    return endTask(/*Threw=*/false, Result);
  }
  editTask().Stack.pop_back();
  if (To == ToResume)
    return resume(view().C, Result);
  if (To >= 0 && size_t(To) < W.Globals.size())
    W.Globals[size_t(To)] = Result;
  if (To != ToCaller)
    return;
  const Code &Call = view().C;
  setResult(Call, Result);
  advance();
}

/// An exception: to the nearest block that catches it, or out of the task.
void Machine::raise(TextId What) {
  if (task().Raised != What)
    editTask().Raised = What;
  while (true) {
    const Frame &Top = task().top();
    const CodeFunction *Fn = P.function(Top.F);
    BlockId Unwind = Fn->Blocks[Top.B].Unwind;
    if (Unwind != NoId) {
      editTask().At = Phase::Idle;
      return enterBlock(Unwind);
    }
    if (Fn->F->NoExcept || Top.Result != ToCaller) {
      State = Ending::Over;
      return;
    }
    if (task().Stack.size() == 1)
      return endTask(/*Threw=*/true, Value());
    editTask().Stack.pop_back();
  }
}

void Machine::endTask(bool Threw, Value Result) {
  const Task Now = task();
  if (Threw && (Now.Terminates || isMain())) {
    State = Ending::Over;
    return;
  }
  if (Now.IsEntry)
    W.escape(Result);
  if (const Object *Event = W.find(Now.Fulfil); Event && Event->is(ObjectKind::Event))
    fulfil(Now.Fulfil.object(), Threw ? EventFailed : EventSet, Result);
  if (Now.Parent != NoObject)
    finishCase(Now, Threw);
  if (Now.Resumer != NoObject)
    giveBack(Now.Resumer);
  for (ObjectId Lock : Now.Held)
    if (isRobust(W, Lock))
      freeLock(Lock);
  end(index());
  Ended = true;
}

} // namespace taskleak
