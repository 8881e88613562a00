// What lowering begins with: of the functions, globals and classes that the main file
// defines those that matter to tasks.

#include "lower/TaskReach.h"
#include "lower/UnitLowering.h"
#include "skeleton/HoldUps.h"

#include "clang/AST/DeclTemplate.h"
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
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext() && !F->isImplicit())
      Defined.push_back(F);
  } else if (isa<NamespaceDecl, LinkageSpecDecl, CXXRecordDecl>(D)) {
    if (auto *Record = dyn_cast<CXXRecordDecl>(&D)) {
      if (Record->isDependentContext())
        return;
      Defined.push_back(Record);
    }
    collectScope(*cast<DeclContext>(&D));
  } else if (auto *V = dyn_cast<VarDecl>(&D); V && V->isFileVarDecl() && V->hasInit() &&
                                              !V->getDeclContext()->isDependentContext()) {
    if (!Types.of(V->getType()).is(Form::Nothing))
      Defined.push_back(V);
  }
}

void UnitLowering::collectFromMainFile(Decl &D) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation At = Sources.getExpansionLoc(D.getLocation());
  if (isa<LinkageSpecDecl>(D) || (At.isValid() && Sources.isInFileID(At, Sources.getMainFileID())))
    collectDecl(D);
}

void UnitLowering::collectScope(DeclContext &Scope) {
  for (Decl *D : Scope.decls())
    collectFromMainFile(*D);
}

/// The class that a function of the main file is a method of.
static const CXXRecordDecl *classOf(const Decl &D) {
  const auto *M = dyn_cast<CXXMethodDecl>(&D);
  const CXXRecordDecl *Class = M ? M->getParent()->getDefinition() : nullptr;
  return Class && !Class->isInvalidDecl() ? Class : nullptr;
}

/// Its methods and those of its bases, instances of templates among them.
static void forEachMethod(const CXXRecordDecl &Class,
                          llvm::function_ref<void(const FunctionDecl &)> Do) {
  for (const Decl *D : Class.decls())
    if (const auto *M = dyn_cast<CXXMethodDecl>(D))
      Do(*M);
    else if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *Instance : Template->specializations())
        Do(*Instance);
  for (const CXXBaseSpecifier &Base : Class.bases())
    if (const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl();
        Parent && Parent->hasDefinition() && !isSystem(*Parent))
      forEachMethod(*Parent->getDefinition(), Do);
}

/// Whoever has one by a base of its class may call what it overrides.
static bool isOverrider(const Decl &D) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&D);
  return Class && Class->isThisDeclarationADefinition() && Class->getNumBases() > 0 &&
         Class->isPolymorphic();
}

void UnitLowering::lookAtDefined() {
  for (const Decl *D : Defined)
    if (const CXXRecordDecl *Class = classOf(*D))
      ClassesInSight.insert(Class);
  if (!Reach)
    return;
  auto Look = [&](const FunctionDecl &F) { Reach->add(F); };
  for (const Decl *D : Defined)
    if (!isa<CXXRecordDecl>(D))
      Reach->add(*D);
    else if (isOverrider(*D))
      forEachMethod(*cast<CXXRecordDecl>(D), Look);
  for (const CXXRecordDecl *Class : ClassesInSight)
    forEachMethod(*Class, Look);
  ClassesInSight.remove_if([&](const CXXRecordDecl *Class) { return !matters(*Class); });
}

bool UnitLowering::matters(const FunctionDecl &F) const {
  // That it is a program's matters to all that is static in it.
  return !Reach || Reach->reaches(F) || (F.isMain() && Reach->reachesAtAll());
}

bool UnitLowering::matters(const CXXRecordDecl &Class) const {
  bool Matters = !Reach;
  if (Reach)
    forEachMethod(Class, [&](const FunctionDecl &M) { Matters |= Reach->reaches(M); });
  return Matters;
}

bool UnitLowering::isOverriderThatMatters(const CXXRecordDecl &Class) const {
  auto Matters = [&](const CXXMethodDecl *M) { return !Reach || Reach->reachesByBase(*M); };
  return isOverrider(Class) && llvm::any_of(Class.methods(), Matters);
}

void UnitLowering::lowerDefined() {
  for (const Decl *D : Defined)
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (matters(*F))
        function(*F);
    } else if (const auto *V = dyn_cast<VarDecl>(D)) {
      if (!Reach || Reach->reaches(*V))
        global(*V);
    } else if (const auto &Class = *cast<CXXRecordDecl>(D);
               isOverriderThatMatters(Class) &&
               Types.of(Context.getCanonicalTagType(&Class)).is(Form::Record)) {
      record(Class);
    }
}

/// Functions of the outside may use what is static here, and some of them wake who waits.
void UnitLowering::lowerSharers() {
  HoldUps Of;
  for (const Function &F : unit().Functions)
    Of.see(F);
  if (!Reach || !Of.arePossible())
    return;
  std::vector<const FunctionDecl *> Functions;
  for (const Decl *D : Defined)
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Functions.push_back(F);
  for (const FunctionDecl *F : Reach->sharers(Functions))
    function(*F);
  drain();
}

} // namespace taskleak
