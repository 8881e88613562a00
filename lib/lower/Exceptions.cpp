// Exceptions: where they are thrown and which handler they come to.
//   try { send(job); } catch (const std::exception &e) { log(e); }

#include "lower/FunctionLowering.h"

#include "clang/AST/StmtCXX.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

static std::string nameOfThrown(QualType T) {
  return T.getNonReferenceType().getUnqualifiedType().getCanonicalType().getAsString();
}

/// What nobody knows is likely to be one of these.
static bool isForAnything(const CXXCatchStmt &Handler) {
  const auto *Record = Handler.getCaughtType().getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->getQualifiedNameAsString() == "std::exception";
}

/// The types of handlers that take it: its own and those that it derives from.
static std::string typesOf(QualType Thrown) {
  std::string Types = nameOfThrown(Thrown);
  if (const auto *Record = Thrown->getAsCXXRecordDecl(); Record && Record->hasDefinition())
    Record->forallBases([&](const CXXRecordDecl *Base) {
      Types += "|" + nameOfThrown(Base->getASTContext().getCanonicalTagType(Base));
      return true;
    });
  return Types;
}

/// What such an exception carries the program has decided itself: throw Refused{3};
static bool isOwn(const VarDecl &Caught) {
  const auto *Record = Caught.getType().getNonReferenceType()->getAsCXXRecordDecl();
  return !Record || !isSystem(*Record);
}

static Storage foreign(Emitter &E, const VarDecl &V, Place At, bool IsObject) {
  Operand Carried = E.foreign(At, V.getName());
  return IsObject ? Storage::object(Carried) : Storage::slot(SlotId(Carried.Number));
}

void FunctionLowering::tryStatement(const CXXTryStmt &S) {
  BlockId Dispatch = E.newBlock(), After = E.newBlock();
  size_t Depth = E.depth();
  E.pushHandler(Dispatch);
  statement(S.getTryBlock());
  E.jump(After);
  E.forgetTo(Depth);
  E.enter(Dispatch);
  Operand Thrown = E.value(Op::Caught, {}, at(S.getTryLoc()));
  llvm::SaveAndRestore Under(Caught, Thrown);
  bool All = false;
  for (unsigned I = 0; I != S.getNumHandlers() && !All; ++I) {
    const CXXCatchStmt &Handler = *S.getHandler(I);
    All = Handler.getCaughtType().isNull();
    BlockId Body = E.newBlock(), Next = E.newBlock();
    Place Here = at(Handler.getCatchLoc());
    if (All) {
      E.jump(Body);
    } else {
      llvm::SmallVector<Operand, 2> Asked{Thrown};
      if (isForAnything(Handler) || S.getNumHandlers() == 1)
        Asked.push_back(Operand::integer(1)); // What else would it have been written for?
      E.branch(E.value(Op::Catches, Asked, Here, nameOfThrown(Handler.getCaughtType())), Body,
               Next, Here, "the exception is a " + Handler.getCaughtType().getAsString());
    }
    E.enter(Body);
    size_t Inner = E.depth();
    if (const VarDecl *V = Handler.getExceptionDecl())
      bind(*V, isOwn(*V) ? foreign(E, *V, at(V->getLocation()), form(V->getType()).isObject())
                         : Storage());
    statement(Handler.getHandlerBlock());
    E.popTo(Inner);
    E.jump(After);
    E.enter(Next);
  }
  if (E.isOpen())
    E.act(Op::Throw, {Thrown}, at(S.getTryLoc()));
  E.enter(After);
}

void FunctionLowering::throwExpression(const CXXThrowExpr &Throw) {
  const Expr *What = Throw.getSubExpr();
  if (!What) {
    E.act(Op::Throw, {Caught}, at(Throw), "throw");
    return;
  }
  discard(What);
  if (What->getType()->isPointerType()) // A handler may ask for a base of what it points to.
    E.act(Op::Throw, {Operand::unknown()}, at(Throw));
  else
    E.act(Op::Throw, {}, at(Throw), typesOf(What->getType()));
}

} // namespace taskleak
