// What lowering begins with: the functions and globals that the main file defines.

#include "lower/UnitLowering.h"

#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace taskleak {

void UnitLowering::collect() {
  // An editor narrows this to the main file's: asking a unit with a precompiled
  // preamble for all its declarations would read the whole of it.
  for (Decl *D : Context.getTraversalScope())
    if (auto *Whole = dyn_cast<TranslationUnitDecl>(D))
      collectScope(*Whole);
    else
      collectFromMainFile(*D);
}

void UnitLowering::collectDecl(Decl &D) {
  if (auto *F = dyn_cast<FunctionDecl>(&D)) {
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext() && !F->isImplicit()) {
      function(*F);
      noteUse(*F);
    }
  } else if (isa<NamespaceDecl, LinkageSpecDecl, CXXRecordDecl>(D)) {
    if (auto *Record = dyn_cast<CXXRecordDecl>(&D)) {
      if (Record->isDependentContext())
        return;
      noteOverrider(*Record);
    }
    collectScope(*cast<DeclContext>(&D));
  } else if (auto *V = dyn_cast<VarDecl>(&D); V && V->isFileVarDecl() && V->hasInit() &&
                                              !V->getDeclContext()->isDependentContext()) {
    if (!Types.of(V->getType()).is(Form::Nothing))
      global(*V);
  }
}

/// Whoever has one by a base of its class may call what it overrides.
void UnitLowering::noteOverrider(const CXXRecordDecl &Class) {
  if (Class.isThisDeclarationADefinition() && Class.getNumBases() > 0 && Class.isPolymorphic() &&
      Types.of(Context.getCanonicalTagType(&Class)).is(Form::Record))
    record(Class);
}

void UnitLowering::collectFromMainFile(Decl &D) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation At = Sources.getExpansionLoc(D.getLocation());
  if (isa<LinkageSpecDecl>(D) || (At.isValid() && Sources.isInMainFile(At)))
    collectDecl(D);
}

void UnitLowering::collectScope(DeclContext &Scope) {
  for (Decl *D : Scope.decls())
    collectFromMainFile(*D);
}

} // namespace taskleak
