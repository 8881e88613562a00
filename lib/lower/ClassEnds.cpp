// Destructors, and those of parts and bases; see ClassEnds.h and UnitLowering::needsDestruction.

#include "lower/ClassEnds.h"

#include "lower/DeleterLowering.h"
#include "lower/VariantLowering.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

/// ~Sink() {}
static bool isEmpty(const CXXDestructorDecl &D) {
  const FunctionDecl *Defined = nullptr;
  const auto *Body = D.hasBody(Defined) ? dyn_cast<CompoundStmt>(Defined->getBody()) : nullptr;
  return Body && Body->body_empty();
}

/// Whether one of the questions is answered with yes for what ends with an object of the class.
static bool anyPart(const CXXRecordDecl &Class, llvm::function_ref<bool(QualType)> OfField,
                    llvm::function_ref<bool(QualType)> OfBase) {
  return llvm::any_of(Class.fields(),
                      [&](const FieldDecl *Field) { return OfField(Field->getType()); }) ||
         llvm::any_of(Class.bases(),
                      [&](const CXXBaseSpecifier &Base) { return OfBase(Base.getType()); });
}

bool UnitLowering::computeNeedsDestruction(QualType T) {
  TypeForm Shape = Types.of(T);
  if (Shape.Row) {
    if (Shape.is(Form::Pointer))
      return Shape.Row->Destructor == DestructorEffect::Release &&
             (needsDestruction(Forms::element(T)) || (LetsTasksGo && !Shape.Row->Shared) ||
              !deleterOf(T, *Shape.Row).isNull());
    if (Shape.is(Form::Sequence))
      return needsDestruction(Forms::element(T));
    if (Shape.is(Form::Variant))
      return llvm::any_of(alternatives(T), [&](QualType Alternative) {
        return isOwned(Alternative) && needsDestruction(Alternative);
      });
    return Shape.is(Form::Guard) || Shape.is(Form::Cleanup) || Shape.is(Form::Executor) ||
           (Shape.Row->Destructor != DestructorEffect::None &&
            Shape.Row->Destructor != DestructorEffect::Terminate &&
            Shape.Row->Destructor != DestructorEffect::Detach);
  }
  if (Shape.is(Form::Sequence))
    return needsDestruction(Forms::element(T));
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Shape.is(Form::Record) || !Record || !Record->hasDefinition())
    return false;
  const CXXRecordDecl &Class = *Record->getDefinition();
  const CXXDestructorDecl *Destructor = Class.getDestructor();
  auto Needs = [this](QualType Part) { return needsDestruction(Part); };
  return (Destructor && Destructor->isUserProvided()) || anyPart(Class, Needs, Needs) ||
         (Destructor && Destructor->isVirtual());
}

bool UnitLowering::needsDestruction(QualType T) {
  if (T.isNull() || T->isReferenceType())
    return false;
  const Type *Key = T.getUnqualifiedType().getTypePtr();
  auto [Entry, New] = Destruction.try_emplace(Key, false); // Recursive types: not by themselves.
  if (!New)
    return Entry->second;
  bool Needs = computeNeedsDestruction(T);
  Destruction[Key] = Needs;
  return Needs;
}

/// Whether its destructor, or that of what it is made of, does anything.
static bool doesAtItsEnd(UnitLowering &U, const CXXRecordDecl &Class) {
  const CXXDestructorDecl *Destructor = Class.getDestructor();
  auto Needs = [&](QualType Part) { return U.needsDestruction(Part); };
  auto BaseDoes = [&](QualType Base) {
    const CXXRecordDecl *Record = Base->getAsCXXRecordDecl();
    bool IsRecord = Record && Record->hasDefinition() && U.Types.of(Base).is(Form::Record);
    return IsRecord ? doesAtItsEnd(U, *Record->getDefinition()) : Needs(Base);
  };
  return (Destructor && Destructor->isUserProvided() && !isEmpty(*Destructor)) ||
         anyPart(Class, Needs, BaseDoes);
}

/// The type itself, or what its owner owns.
static QualType owned(UnitLowering &U, QualType T) {
  TypeForm Shape = U.Types.of(T);
  bool IsPlain = Shape.is(Form::Pointer) && Shape.Row && deleterOf(T, *Shape.Row).isNull();
  return IsPlain ? Forms::element(T) : T;
}

void keepOwned(UnitLowering &U, Emitter &E, QualType T, Operand Captured,
               llvm::SmallVectorImpl<Operand> &Owned, Place At) {
  QualType Ends = owned(U, T);
  TypeForm Shape = Ends.isNull() ? TypeForm() : U.Types.of(Ends);
  if (Shape.Row && Shape.Row->Destructor == DestructorEffect::Break)
    Owned.push_back(Captured);
  else
    E.act(Op::Escape, {Captured}, At);
}

bool endMatters(UnitLowering &U, QualType T) {
  if (!U.needsDestruction(T))
    return false;
  T = owned(U, T);
  const auto *Class = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || !U.Types.of(T).is(Form::Record) || U.Types.of(T).Row)
    return true;
  const CXXRecordDecl &Defined = *Class->getDefinition();
  // What is derived from it may do what it does not.
  return (Defined.isPolymorphic() && !Defined.isEffectivelyFinal()) || doesAtItsEnd(U, Defined);
}

} // namespace taskleak
