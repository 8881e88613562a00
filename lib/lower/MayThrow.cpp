// Bottom-up inference of what may throw; see MayThrow.h.

#include "lower/MayThrow.h"

#include "lower/Form.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

bool MayThrow::bodyMayThrow(const Stmt &S) {
  if (isa<CXXThrowExpr>(S))
    return true;
  if (isa<LambdaExpr>(S))
    return false;
  if (const auto *Try = dyn_cast<CXXTryStmt>(&S)) {
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
      if (bodyMayThrow(*Try->getHandler(I)->getHandlerBlock()))
        return true;
    const CXXCatchStmt *Last = Try->getHandler(Try->getNumHandlers() - 1);
    return Last->getExceptionDecl() && bodyMayThrow(*Try->getTryBlock());
  }
  if (const auto *Call = dyn_cast<CallExpr>(&S))
    if (const FunctionDecl *Callee = Call->getDirectCallee(); Callee && (*this)(*Callee))
      return true;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S))
    if ((*this)(*Construct->getConstructor()))
      return true;
  for (const Stmt *Child : S.children())
    if (Child && bodyMayThrow(*Child))
      return true;
  return false;
}

static bool promisesNotToThrow(const FunctionDecl &F) {
  if (F.hasAttr<NoThrowAttr>() || F.isExternC() || F.isImplicit())
    return true;
  const auto *Type = F.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return true; // An old C declaration.
  if (isUnresolvedExceptionSpec(Type->getExceptionSpecType()))
    return isa<CXXDestructorDecl>(F);
  return Type->isNothrow();
}

bool MayThrow::operator()(const FunctionDecl &F) {
  const FunctionDecl *Key = F.getCanonicalDecl();
  auto [Entry, New] = Known.try_emplace(Key, false); // Recursion: assume not.
  if (!New)
    return Entry->second;
  bool Throws = false;
  const FunctionDecl *Definition = nullptr;
  if (!F.getASTContext().getLangOpts().CPlusPlus || promisesNotToThrow(F))
    Throws = false;
  else if (const CallModel *Row = Rows.call(F, {}, {}))
    Throws = Row->MayThrow;
  else if (isSystem(F))
    Throws = false;
  else if (F.hasBody(Definition) && !Definition->isDependentContext())
    Throws = bodyMayThrow(*Definition->getBody());
  else
    Throws = true;
  Known[Key] = Throws;
  return Throws;
}

} // namespace taskleak
