// Which variables somebody else may reach: by reference, by address, in a capture.
//   int N = 0; std::thread T([&N] { ++N; });

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

namespace {

/// Finds the variables whose address can be held elsewhere.
class AddressedFinder {
  llvm::DenseSet<const VarDecl *> &Out;
  llvm::DenseSet<const VarDecl *> &Returned;

  void mark(const Expr *E) {
    if (!E)
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts()))
      if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
        Out.insert(V);
    if (const auto *M = dyn_cast<MemberExpr>(E->IgnoreParenCasts()); M && !M->isArrow())
      mark(M->getBase());
  }

  /// \p First: the argument for the first parameter.
  template <typename Call>
  void markArguments(const FunctionDecl *F, const Call &C, unsigned First = 0) {
    for (unsigned I = 0; F && First + I < C.getNumArgs() && I < F->getNumParams(); ++I)
      if (F->getParamDecl(I)->getType()->isReferenceType() && C.getArg(First + I)->isGLValue())
        mark(C.getArg(First + I));
  }

public:
  AddressedFinder(llvm::DenseSet<const VarDecl *> &Out, llvm::DenseSet<const VarDecl *> &Returned)
      : Out(Out), Returned(Returned) {}

  void look(const Stmt *Body) {
    llvm::SmallVector<const Stmt *, 64> Work{Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      visit(*S);
      // A lambda's own variables are its own function's.
      if (const auto *L = dyn_cast<LambdaExpr>(S))
        llvm::append_range(Work, L->capture_inits());
      else
        llvm::append_range(Work, S->children());
    }
  }

private:
  void visit(const Stmt &S) {
    if (const auto *L = dyn_cast<LambdaExpr>(&S))
      visitLambda(*L);
    else if (const auto *Block = dyn_cast<BlockExpr>(&S))
      visitBlock(*Block);
    else if (const auto *Op = dyn_cast<UnaryOperator>(&S); Op && Op->getOpcode() == UO_AddrOf)
      mark(Op->getSubExpr());
    else if (const auto *Declared = dyn_cast<DeclStmt>(&S))
      visitDeclared(*Declared);
    else if (const auto *Call = dyn_cast<CallExpr>(&S))
      visitCall(*Call);
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S);
             Made && !Made->getConstructor()->isCopyOrMoveConstructor())
      markArguments(Made->getConstructor(), *Made);
    else if (const auto *List = dyn_cast<InitListExpr>(&S))
      visitList(*List);
    else if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getNRVOCandidate())
      Returned.insert(Return->getNRVOCandidate());
  }

  void visitLambda(const LambdaExpr &L) {
    for (const LambdaCapture &Capture : L.captures())
      if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
        if (const auto *V = dyn_cast<VarDecl>(Capture.getCapturedVar()))
          Out.insert(V);
  }

  void visitBlock(const BlockExpr &B) {
    for (const BlockDecl::Capture &Capture : B.getBlockDecl()->captures())
      if (Capture.isByRef())
        Out.insert(Capture.getVariable());
  }

  void visitDeclared(const DeclStmt &Declared) {
    for (const Decl *D : Declared.decls())
      if (const auto *V = dyn_cast<VarDecl>(D)) {
        if (V->getType()->isReferenceType())
          mark(V->getInit());
        if (V->hasAttr<CleanupAttr>())
          Out.insert(V);
      }
  }

  /// A member that is a reference: Handler{stopped}.
  void visitList(const InitListExpr &List) {
    const InitListExpr *Semantic = List.isSemanticForm() ? &List : List.getSemanticForm();
    for (const Expr *Init : (Semantic ? *Semantic : List).inits())
      if (Init && Init->isGLValue())
        mark(Init);
  }

  void visitCall(const CallExpr &C) {
    const FunctionDecl *F = C.getDirectCallee();
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C);
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(F); Operator && M) {
      if (Operator->getOperator() == OO_Call) // Its first argument is the object.
        markArguments(F, C, M->isInstance());
      return;
    }
    // Moving out of a variable does not let anybody keep its address.
    if (F && F->isInStdNamespace() && F->getIdentifier() &&
        (F->getName() == "move" || F->getName() == "forward"))
      return;
    markArguments(F, C);
  }
};

} // namespace

void FunctionLowering::findAddressed(const Stmt *Body) {
  AddressedFinder(Addressed, Returned).look(Body);
}

} // namespace taskleak
