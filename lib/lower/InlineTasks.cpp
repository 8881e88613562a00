// Tasks that macros start where they stand: a call between a function that begins a task and one
// that ends it.
//   int H = go(worker(Ch));    ({ int H = dill_prologue(...); ... worker(Ch); dill_epilogue(); ...
//   H; })

#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

/// The call before the one that ends the task, wherever it is nested.
const CallExpr *TaskLowering::callBeforeEnd(const Stmt &Within) {
  const Stmt *Before = nullptr;
  for (const Stmt *Child : Within.children()) {
    if (!Child)
      continue;
    const auto *Call = dyn_cast<CallExpr>(Child);
    if (std::optional<ModelledCall> C = Call && Before ? L.modelOf(*Call) : std::nullopt;
        C && C->Row.Role == CallRole::EndTask)
      return dyn_cast<CallExpr>(Before);
    if (const CallExpr *Found = isa<Expr>(Child) ? nullptr : callBeforeEnd(*Child))
      return Found;
    Before = Child;
  }
  return nullptr;
}

/// The call that begins the task: what a variable of the block is initialized with.
std::optional<ModelledCall> TaskLowering::beginning(const CompoundStmt &Body) {
  for (const Stmt *Child : Body.body())
    if (const auto *Declared = dyn_cast<DeclStmt>(Child); Declared && Declared->isSingleDecl())
      if (const auto *V = dyn_cast<VarDecl>(Declared->getSingleDecl()); V && V->getInit())
        if (const auto *Call = dyn_cast<CallExpr>(V->getInit()->IgnoreParenImpCasts()))
          if (std::optional<ModelledCall> C = L.modelOf(*Call); C && C->Row.Role == CallRole::Spawn)
            return C;
  return std::nullopt;
}

std::optional<Operand> TaskLowering::inlineTask(const StmtExpr &S) {
  std::optional<ModelledCall> Begin = beginning(*S.getSubStmt());
  const CallExpr *Run = Begin ? callBeforeEnd(*S.getSubStmt()) : nullptr;
  const FunctionDecl *F = Run ? Run->getDirectCallee() : nullptr;
  if (!F)
    return std::nullopt;
  Instruction Spawn;
  Spawn.Code = Op::Spawn;
  Spawn.At = L.at(S);
  Spawn.Flag = Begin->Row.Flag;
  Spawn.Text = F->getNameAsString();
  FunctionId Body = U.isOwn(*F) ? U.function(*F) : NoId;
  Spawn.Operands.push_back(Body == NoId ? Operand::unknown() : Operand::function(Body));
  if (Body != NoId)
    U.body(Body).Called = true;
  for (unsigned I = 0; I != Run->getNumArgs() && I != F->getNumParams(); ++I)
    Spawn.Operands.push_back(L.argument(*Run->getArg(I), F->getParamDecl(I)->getType()));
  if (const Expr *Group = Begin->arg(Begin->Row.ExecutorParam))
    if (Operand Counter = L.value(Group); Counter.isSlot())
      Spawn.Named.push_back({Role::Done, Counter});
  Spawn.Result = E.newSlot();
  Operand Task = Operand::slot(Spawn.Result);
  E.append(std::move(Spawn));
  return Task;
}

} // namespace taskleak
