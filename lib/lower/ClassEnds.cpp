// Destructors that do nothing, and classes that nobody can derive from; see ClassEnds.h.

#include "lower/ClassEnds.h"

#include "lower/DeleterLowering.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

/// ~Sink() {}
static bool isEmpty(const CXXDestructorDecl &D) {
  const FunctionDecl *Defined = nullptr;
  const auto *Body = D.hasBody(Defined) ? dyn_cast<CompoundStmt>(Defined->getBody()) : nullptr;
  return Body && Body->body_empty();
}

/// Whether its destructor, or that of what it is made of, does anything.
static bool doesAtItsEnd(UnitLowering &U, const CXXRecordDecl &Class) {
  const CXXDestructorDecl *Destructor = Class.getDestructor();
  if (Destructor && Destructor->isUserProvided() && !isEmpty(*Destructor))
    return true;
  auto BaseDoes = [&](const CXXBaseSpecifier &Parent) {
    const CXXRecordDecl *Base = Parent.getType()->getAsCXXRecordDecl();
    bool IsRecord = Base && Base->hasDefinition() && U.Types.of(Parent.getType()).is(Form::Record);
    return IsRecord ? doesAtItsEnd(U, *Base->getDefinition())
                    : U.needsDestruction(Parent.getType());
  };
  auto FieldDoes = [&](const FieldDecl *Field) {
    return !Field->getType()->isReferenceType() && U.needsDestruction(Field->getType());
  };
  return llvm::any_of(Class.bases(), BaseDoes) || llvm::any_of(Class.fields(), FieldDoes);
}

bool endMatters(UnitLowering &U, QualType T) {
  if (!U.needsDestruction(T))
    return false;
  TypeForm Shape = U.Types.of(T);
  if (Shape.is(Form::Pointer) && Shape.Row && deleterOf(T, *Shape.Row).isNull())
    T = Forms::element(T);
  const auto *Class = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || !U.Types.of(T).is(Form::Record) || U.Types.of(T).Row)
    return true;
  const CXXRecordDecl &Defined = *Class->getDefinition();
  // What is derived from it may do what it does not.
  return (Defined.isPolymorphic() && !Defined.isEffectivelyFinal()) || doesAtItsEnd(U, Defined);
}

} // namespace taskleak
