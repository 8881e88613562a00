// What one body refers to; see TaskReach.h. What the language runs without a word of the
// user's counts: constructors, ends of variables, defaults.

#include "lower/TaskReach.h"

#include "lower/TaskRows.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

void TaskReach::lookAt(const Stmt *Body) {
  llvm::SmallVector<const Stmt *, 64> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      lookAtLambda(*Lambda);
    else if (const auto *Name = dyn_cast<DeclRefExpr>(S))
      refer(*Name->getDecl(), {});
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      refer(*Member->getMemberDecl(), Member->getBase()->IgnoreParenImpCasts()->getType());
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(S))
      construct(*Made);
    else if (const auto *Inherited = dyn_cast<CXXInheritedCtorInitExpr>(S))
      refer(*Inherited->getConstructor(), Inherited->getType());
    else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(S))
      end(Temporary->getType());
    else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
      end(Delete->getDestroyedType());
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(S))
      Work.push_back(Default->getExpr());
    else if (const auto *Initial = dyn_cast<CXXDefaultInitExpr>(S))
      Work.push_back(Initial->getExpr());
    else if (const auto *Block = dyn_cast<BlockExpr>(S))
      Work.push_back(Block->getBody());
    else if (isa<CoroutineBodyStmt>(S))
      setReaches(Now);
    else if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          V->isStaticLocal() ? use(*V) : declare(*V);
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
}

void TaskReach::lookAtLambda(const LambdaExpr &L) {
  if (FunctionTemplateDecl *Template = L.getLambdaClass()->getDependentLambdaCallOperator())
    for (const FunctionDecl *Instance : Template->specializations())
      use(*Instance);
  else
    use(*L.getCallOperator());
}

void TaskReach::refer(const ValueDecl &D, QualType Object) {
  if (const auto *V = dyn_cast<VarDecl>(&D)) {
    if (V->hasGlobalStorage())
      use(*V);
    return;
  }
  const auto *F = dyn_cast<FunctionDecl>(&D);
  if (!F)
    return;
  ArrayRef<const CallModel *> Rows = U.Rows.overloads(*F, Object);
  if (llvm::any_of(Rows, [](const CallModel *Row) { return isOfTasks(*Row); }))
    return setReaches(Now);
  Rows.empty() ? use(*F) : useParts(*F);
}

void TaskReach::construct(const CXXConstructExpr &Made) {
  TypeForm Shape = U.Types.of(Made.getType());
  if (Shape.Row && isOfTasks(*Shape.Row))
    return setReaches(Now);
  refer(*Made.getConstructor(), Made.getType());
  const CXXRecordDecl *Class = Made.getConstructor()->getParent();
  if (!Class->isPolymorphic() || isSystem(*Class))
    return;
  for (const CXXMethodDecl *M : Class->methods())
    if (M->isVirtual())
      use(*M);
}

void TaskReach::useConstructors(const CXXRecordDecl &R) {
  if (const CXXRecordDecl *Class = R.getDefinition(); Class && !isSystem(*Class)) {
    for (const CXXConstructorDecl *C : Class->ctors())
      use(*C);
    for (const CXXMethodDecl *M : Class->methods())
      if (M->isVirtual())
        use(*M);
  }
}

/// A library's function makes what it is to hold: std::make_shared, emplace_back.
void TaskReach::useParts(const FunctionDecl &Library) {
  auto Use = [&](ArrayRef<TemplateArgument> Args) {
    for (const TemplateArgument &A : Args)
      if (A.getKind() == TemplateArgument::Type)
        if (const auto *R = A.getAsType()->getAsCXXRecordDecl())
          useConstructors(*R);
  };
  if (const TemplateArgumentList *Args = Library.getTemplateSpecializationArgs())
    Use(Args->asArray());
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Library))
    if (const auto *Of = dyn_cast<ClassTemplateSpecializationDecl>(M->getParent()))
      Use(Of->getTemplateArgs().asArray());
}

} // namespace taskleak
