// Statements: the control flow of a function.

#include "lower/CoroutineLowering.h"

#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

void FunctionLowering::statement(const Stmt *S) {
  if (!S)
    return;
  switch (S->getStmtClass()) {
  case Stmt::CompoundStmtClass:
    return compound(*cast<CompoundStmt>(S));
  case Stmt::IfStmtClass:
    return ifStatement(*cast<IfStmt>(S));
  case Stmt::WhileStmtClass:
    return whileLoop(*cast<WhileStmt>(S));
  case Stmt::DoStmtClass:
    return doLoop(*cast<DoStmt>(S));
  case Stmt::ForStmtClass:
    return forLoop(*cast<ForStmt>(S));
  case Stmt::CXXForRangeStmtClass:
    return rangeFor(*cast<CXXForRangeStmt>(S));
  case Stmt::SwitchStmtClass:
    return switchStatement(*cast<SwitchStmt>(S));
  case Stmt::CXXTryStmtClass:
    return tryStatement(*cast<CXXTryStmt>(S));
  case Stmt::ReturnStmtClass:
    return returnStatement(cast<ReturnStmt>(S)->getRetValue(), S->getSourceRange());
  case Stmt::CoreturnStmtClass:
    if (Coroutine.IsBody)
      return CoroutineLowering(*this).leave(*cast<CoreturnStmt>(S));
    return returnStatement(cast<CoreturnStmt>(S)->getOperand(), S->getSourceRange());
  case Stmt::BreakStmtClass:
    if (!Loops.empty())
      leave(Loops.back().Break, Loops.back().BreakDepth);
    return;
  case Stmt::ContinueStmtClass:
    if (!Loops.empty())
      leave(Loops.back().Continue, Loops.back().ContinueDepth);
    return;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        declare(*V);
    return;
  case Stmt::LabelStmtClass: {
    BlockId Here = label(*cast<LabelStmt>(S)->getDecl());
    E.jump(Here);
    E.enter(Here);
    return statement(cast<LabelStmt>(S)->getSubStmt());
  }
  case Stmt::GotoStmtClass:
    return E.jump(label(*cast<GotoStmt>(S)->getLabel()));
  case Stmt::AttributedStmtClass:
    return statement(cast<AttributedStmt>(S)->getSubStmt());
  case Stmt::CoroutineBodyStmtClass:
    if (Coroutine.IsBody)
      return CoroutineLowering(*this).body(*cast<CoroutineBodyStmt>(S));
    return statement(cast<CoroutineBodyStmt>(S)->getBody());
  default:
    if (const auto *Expression = dyn_cast<Expr>(S))
      return discard(Expression);
    evaluateChildren(*S);
  }
}

void FunctionLowering::compound(const CompoundStmt &S) {
  size_t Depth = E.depth();
  for (const Stmt *Child : S.body())
    statement(Child);
  E.popTo(Depth);
}

void FunctionLowering::leave(BlockId To, size_t Depth) {
  E.runDownTo(Depth);
  E.jump(To);
}

BlockId FunctionLowering::label(const LabelDecl &L) {
  auto [Entry, New] = Labels.try_emplace(&L, 0);
  if (New)
    Entry->second = E.newBlock();
  return Entry->second;
}

void FunctionLowering::condition(const Expr *C, BlockId Then, BlockId Else) {
  C = C->IgnoreParens();
  if (const auto *Not = dyn_cast<UnaryOperator>(C); Not && Not->getOpcode() == UO_LNot)
    return condition(Not->getSubExpr(), Else, Then);
  if (const auto *Logical = dyn_cast<BinaryOperator>(C); Logical && Logical->isLogicalOp()) {
    BlockId Second = E.newBlock();
    if (Logical->getOpcode() == BO_LAnd)
      condition(Logical->getLHS(), Second, Else);
    else
      condition(Logical->getLHS(), Then, Second);
    E.enter(Second);
    return condition(Logical->getRHS(), Then, Else);
  }
  Operand Value = fullExpression(C);
  E.branch(Value, Then, Else, at(*C), text(*C));
}

void FunctionLowering::ifStatement(const IfStmt &S) {
  size_t Depth = E.depth();
  statement(S.getInit());
  if (S.isConsteval())
    return statement(S.isNegatedConsteval() ? S.getThen() : S.getElse());
  if (S.isConstexpr())
    if (auto Taken = S.getNondiscardedCase(U.Context)) {
      statement(*Taken);
      return E.popTo(Depth);
    }
  BlockId Then = E.newBlock(), Else = E.newBlock(), After = E.newBlock();
  if (const VarDecl *V = S.getConditionVariable())
    declare(*V);
  condition(S.getCond(), Then, Else);
  E.enter(Then);
  statement(S.getThen());
  E.jump(After);
  E.enter(Else);
  statement(S.getElse());
  E.jump(After);
  E.enter(After);
  E.popTo(Depth);
}

void FunctionLowering::loopBody(const Stmt *Body, BlockId Exit, BlockId Next) {
  Loops.push_back({Exit, Next, E.depth(), E.depth()});
  size_t Depth = E.depth();
  statement(Body);
  E.popTo(Depth);
  Loops.pop_back();
  E.jump(Next);
}

void FunctionLowering::whileLoop(const WhileStmt &S) {
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  size_t Depth = E.depth();
  if (const VarDecl *V = S.getConditionVariable())
    declare(*V);
  condition(S.getCond(), Body, After);
  E.enter(Body);
  loopBody(S.getBody(), After, Head);
  E.forgetTo(Depth);
  E.enter(After);
}

void FunctionLowering::doLoop(const DoStmt &S) {
  BlockId Body = E.newBlock(), Test = E.newBlock(), After = E.newBlock();
  E.jump(Body);
  E.enter(Body);
  loopBody(S.getBody(), After, Test);
  E.enter(Test);
  condition(S.getCond(), Body, After);
  E.enter(After);
}

void FunctionLowering::forLoop(const ForStmt &S) {
  size_t Depth = E.depth();
  statement(S.getInit());
  BlockId Head = E.newBlock(), Body = E.newBlock(), Step = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  if (S.getCond())
    condition(S.getCond(), Body, After);
  else
    E.jump(Body);
  E.enter(Body);
  loopBody(S.getBody(), After, Step);
  E.enter(Step);
  if (S.getInc())
    discard(S.getInc());
  E.jump(Head);
  E.enter(After);
  E.popTo(Depth);
}

void FunctionLowering::switchStatement(const SwitchStmt &S) {
  size_t Depth = E.depth();
  statement(S.getInit());
  if (const VarDecl *V = S.getConditionVariable())
    declare(*V);
  Operand Value = fullExpression(S.getCond());
  BlockId After = E.newBlock(), Default = After;
  llvm::DenseMap<const SwitchCase *, BlockId> Cases;
  for (const SwitchCase *Case = S.getSwitchCaseList(); Case; Case = Case->getNextSwitchCase()) {
    BlockId Target = E.newBlock();
    Cases[Case] = Target;
    const auto *Labelled = dyn_cast<CaseStmt>(Case);
    if (!Labelled) {
      Default = Target;
      continue;
    }
    Operand Same = E.value(Op::Eq, {Value, value(Labelled->getLHS())}, at(*Labelled->getLHS()),
                           text(*S.getCond()) + " == " + text(*Labelled->getLHS()));
    BlockId Next = E.newBlock();
    E.branch(Same, Target, Next, at(*Labelled->getLHS()),
             text(*S.getCond()) + " == " + text(*Labelled->getLHS()));
    E.enter(Next);
  }
  E.jump(Default);
  // `continue` inside goes to the loop around.
  Jumps Around = Loops.empty() ? Jumps{After, After, Depth, Depth} : Loops.back();
  Loops.push_back({After, Around.Continue, E.depth(), Around.ContinueDepth});
  E.enter(E.newBlock());
  const auto *Body = dyn_cast<CompoundStmt>(S.getBody());
  size_t BodyDepth = E.depth();
  auto One = [&](const Stmt *Child) {
    while (const auto *Case = dyn_cast_or_null<SwitchCase>(Child)) {
      E.jump(Cases[Case]);
      E.enter(Cases[Case]);
      Child = Case->getSubStmt();
    }
    statement(Child);
  };
  if (Body)
    for (const Stmt *Child : Body->body())
      One(Child);
  else
    One(S.getBody());
  E.popTo(BodyDepth);
  E.jump(After);
  Loops.pop_back();
  E.enter(After);
  E.popTo(Depth);
}

/// A local that is the result itself outlives the scope.
std::optional<Operand> FunctionLowering::returnedItself(const Expr &Value) {
  const Expr *Bare = Value.IgnoreImplicit();
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Bare); Made && Made->getNumArgs() == 1)
    Bare = Made->getArg(0)->IgnoreImplicit();
  const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !Returned.count(V))
    return std::nullopt;
  Storage S = storageOf(*V);
  if (S.K != Storage::Kind::Object || !S.Where.isSlot())
    return std::nullopt;
  Operand Kept = E.value(Op::Move, {S.Where}, at(Value));
  E.act(Op::Move, {Operand::null()}, at(Value)).Result = S.Where.Number;
  return Kept;
}

void FunctionLowering::returnStatement(const Expr *Value, SourceRange At) {
  Operand Result = Operand::unknown();
  if (Value) {
    size_t Depth = E.depth();
    QualType T = Self ? Self->getReturnType() : Value->getType();
    if (T->isReferenceType())
      Result = reference(Value);
    else if (Value->getType()->isVoidType())
      discard(Value); // return f();
    else if (auto Itself = returnedItself(*Value))
      Result = *Itself;
    else
      Result = initialize(Value->getType(), Value, {}, At);
    E.popTo(Depth);
  }
  E.runDownTo(0);
  if (E.isOpen())
    E.act(Op::Return, {Result}, at(At));
}

} // namespace taskleak
