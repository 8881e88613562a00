// Exceptions: where they are thrown and which handler they come to.
//   try { send(job); } catch (const std::exception &e) { log(e); }

#include "lower/FunctionLowering.h"

#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

static bool catchesAll(const CXXCatchStmt &Handler) {
  QualType T = Handler.getCaughtType();
  if (T.isNull())
    return true;
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->getQualifiedNameAsString() == "std::exception";
}

void FunctionLowering::tryStatement(const CXXTryStmt &S) {
  BlockId Dispatch = E.newBlock(), After = E.newBlock();
  size_t Depth = E.depth();
  E.pushHandler(Dispatch);
  statement(S.getTryBlock());
  E.jump(After);
  E.forgetTo(Depth);
  E.enter(Dispatch);
  bool All = false;
  for (unsigned I = 0; I != S.getNumHandlers() && !All; ++I) {
    const CXXCatchStmt &Handler = *S.getHandler(I);
    All = catchesAll(Handler);
    BlockId Body = E.newBlock(), Next = E.newBlock();
    Place Here = at(Handler.getCatchLoc());
    if (All || (I + 1 == S.getNumHandlers() && S.getNumHandlers() == 1))
      E.jump(Body); // What else would it have been written for?
    else
      E.branch(Operand::unknown(), Body, Next, Here,
               "the exception is a " + Handler.getCaughtType().getAsString());
    E.enter(Body);
    size_t Inner = E.depth();
    if (const VarDecl *V = Handler.getExceptionDecl())
      bind(*V, {});
    statement(Handler.getHandlerBlock());
    E.popTo(Inner);
    E.jump(After);
    E.enter(Next);
  }
  if (E.isOpen())
    E.act(Op::Throw, {}, at(S.getTryLoc()));
  E.enter(After);
}

void FunctionLowering::throwExpression(const CXXThrowExpr &Throw) {
  if (const Expr *What = Throw.getSubExpr())
    discard(What);
  E.act(Op::Throw, {}, at(Throw), "throw");
}

} // namespace taskleak
