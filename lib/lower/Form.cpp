// Classification of types; see Form.h.

#include "lower/Form.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

static Form formOf(TypeShape Shape) {
  switch (Shape) {
  case TypeShape::Object: return Form::Object;
  case TypeShape::Handle: return Form::Handle;
  case TypeShape::Pointer: return Form::Pointer;
  case TypeShape::Callable: return Form::Callable;
  case TypeShape::Sequence: return Form::Sequence;
  case TypeShape::Guard: return Form::Guard;
  case TypeShape::Cleanup: return Form::Cleanup;
  case TypeShape::Executor: return Form::Executor;
  case TypeShape::Awaitable: return Form::Awaitable;
  case TypeShape::Atomic: return Form::Atomic;
  case TypeShape::Text: return Form::Text;
  case TypeShape::Status: return Form::Status;
  case TypeShape::Variant: return Form::Variant;
  case TypeShape::Record: return Form::Record;
  case TypeShape::Foreign:
  case TypeShape::OwnExecutor: return Form::Nothing;
  }
  return Form::Nothing;
}

/// The type that a class calls \p Name: a nested class or another name of some type.
static QualType memberType(const CXXRecordDecl &Record, StringRef Name) {
  // By name, for to go through all members reads them from a preamble.
  for (const NamedDecl *D : Record.lookup(&Record.getASTContext().Idents.get(Name))) {
    if (const auto *Nested = dyn_cast<CXXRecordDecl>(D))
      return Record.getASTContext().getCanonicalTagType(Nested);
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
      return Alias->getUnderlyingType();
  }
  return {};
}

bool isLazyCoroutineType(QualType T) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Record->isDependentContext())
    return false;
  QualType Member = memberType(*Record->getDefinition(), "promise_type");
  const CXXRecordDecl *Promise = Member.isNull() ? nullptr : Member->getAsCXXRecordDecl();
  if (!Promise || !Promise->hasDefinition())
    return false;
  for (const CXXMethodDecl *Method : Promise->getDefinition()->methods()) {
    if (!Method->getIdentifier() || Method->getName() != "initial_suspend")
      continue;
    const auto *Suspend = Method->getReturnType()->getAsCXXRecordDecl();
    return Suspend && Suspend->getIdentifier() && Suspend->getName() == "suspend_always";
  }
  return false;
}

/// A small struct of numbers such as C libraries are called with: pollfd.
static bool isPlainStruct(const RecordDecl &Record) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&Record);
  if (Class && (Class->getNumBases() != 0 || !Class->isTrivial() || !Class->isStandardLayout() ||
                isa<ClassTemplateSpecializationDecl>(Class)))
    return false;
  unsigned Fields = 0;
  for (const FieldDecl *Field : Record.getDefinition()->fields())
    if (++Fields > 4 || !Field->getType()->isIntegerType())
      return false;
  return Fields > 1 && !Record.isUnion();
}

bool isPair(const RecordDecl &Record) {
  return Record.isInStdNamespace() && Record.getIdentifier() && Record.getName() == "pair" &&
         isa<ClassTemplateSpecializationDecl>(Record);
}

TypeForm Forms::classifyRecord(const CXXRecordDecl &Record, QualType T) {
  if (Record.isLambda())
    return {Form::Callable, nullptr};
  if (isPair(Record)) // Its parts are known without its definition.
    return {Form::Record, nullptr};
  if (Record.isUnion() || !Record.hasDefinition() || Record.isDependentContext())
    return {Form::Nothing, nullptr};
  if (isSystem(Record) && isLazyCoroutineType(T))
    return {Form::Awaitable, nullptr};
  bool IsKnown = !isSystem(Record) || isPlainStruct(Record);
  return {IsKnown ? Form::Record : Form::Nothing, nullptr};
}

TypeForm Forms::classify(QualType T) {
  if (T->isDependentType() || T->isUndeducedType())
    return {};
  if (const auto *Atomic = T->getAs<AtomicType>())
    return classify(Atomic->getValueType());
  const TypeModel *Row = Rows.type(T);
  if (Row && Row->Shape == TypeShape::Record)
    return {Form::Record, nullptr};
  // What nobody waits on here (a socket) has calls, but no object of its own.
  if (Row)
    return {Row->Shape == TypeShape::Object && Row->Kind == ObjectKind::None ? Form::Nothing
                                                                            : formOf(Row->Shape),
            Row};
  if (const auto *Atomic = T->getAs<AtomicType>())
    return classify(Atomic->getValueType());
  if (T->isArrayType())
    return {Form::Sequence, nullptr};
  if (T->isBooleanType() || T->isIntegralOrEnumerationType() || T->isAnyPointerType() ||
      T->isNullPtrType() || T->isMemberPointerType())
    return {Form::Scalar, nullptr};
  if (T->isFunctionType() || T->isBlockPointerType())
    return {Form::Callable, nullptr};
  if (const auto *Record = T->getAsCXXRecordDecl())
    return classifyRecord(*Record, T);
  // A struct of C is a record too.
  if (const auto *Record = T->getAsRecordDecl();
      Record && Record->getDefinition() && !Record->isUnion() &&
      (!isSystem(*Record) || isPlainStruct(*Record)))
    return {Form::Record, nullptr};
  return {};
}

TypeForm Forms::of(QualType T) {
  if (T.isNull())
    return {};
  // Typedefs stay: pthread_mutex_t is only a name for an unnamed union.
  T = T.getNonReferenceType().getUnqualifiedType();
  auto [Entry, New] = Known.try_emplace(T.getTypePtr());
  if (New) {
    TypeForm Found = classify(T);
    Known[T.getTypePtr()] = Found;
    return Found;
  }
  return Entry->second;
}

std::optional<uint64_t> Forms::length(QualType T) {
  T = T.getNonReferenceType();
  if (const auto *Array = dyn_cast_or_null<ConstantArrayType>(T->getAsArrayTypeUnsafe()))
    return Array->getZExtSize();
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!Special || !Special->isInStdNamespace() || !Special->getIdentifier() ||
      Special->getName() != "array" || Special->getTemplateArgs().size() != 2)
    return std::nullopt;
  return Special->getTemplateArgs()[1].getAsIntegral().getZExtValue();
}

/// The same of a class of the standard library.
static QualType memberOfContainer(QualType T, StringRef Name) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() && Record->isInStdNamespace()
             ? memberType(*Record->getDefinition(), Name)
             : QualType();
}

bool Forms::hasTextKeys(QualType T) {
  T = T->isPointerType() ? T->getPointeeType() : T;
  QualType Key = memberOfContainer(T, "key_type");
  return !Key.isNull() && of(Key).is(Form::Text);
}

bool Forms::isMap(QualType T) { return !memberOfContainer(T, "mapped_type").isNull(); }

bool Forms::leadsOn(QualType T) {
  if (T->isReferenceType() || T->isPointerType())
    return !T->getPointeeType().isConstQualified() || leadsOn(T->getPointeeType());
  TypeForm Shape = of(T);
  if (Shape.is(Form::Sequence))
    return !element(T).isNull() && leadsOn(element(T));
  if (Shape.is(Form::Handle))
    return Shape.Row->Kind == ObjectKind::Cancel;
  if (Shape.isValue() && !Shape.is(Form::Nothing))
    return !Shape.is(Form::Scalar) && !Shape.is(Form::Text) && !Shape.is(Form::Status);
  const auto *Record = T->getAsRecordDecl();
  if (!Shape.is(Form::Record) || !Record || !Record->getDefinition())
    return false;
  auto [Entry, New] = Leading.try_emplace(Record->getDefinition(), false); // By itself: not.
  if (!New)
    return Entry->second;
  auto Leads = [&](const auto *Part) { return leadsOn(Part->getType()); };
  bool Found = llvm::any_of(Record->getDefinition()->fields(), Leads);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record->getDefinition()); Class && !Found)
    Found = llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &Base) {
      return leadsOn(Base.getType());
    });
  return Leading[Record->getDefinition()] = Found;
}

QualType Forms::element(QualType T) {
  T = T.getNonReferenceType();
  if (isMap(T))
    return memberOfContainer(T, "value_type");
  if (const auto *Array = T->getAsArrayTypeUnsafe())
    return Array->getElementType();
  if (QualType Pointee = T->getPointeeType(); !Pointee.isNull())
    return Pointee;
  const auto *Record = T->getAsCXXRecordDecl();
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Record);
  if (!Special || Special->getTemplateArgs().size() == 0)
    return {};
  const TemplateArgument &First = Special->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type ? First.getAsType() : QualType();
}

const Expr &asItIs(const Expr &Arg) {
  const auto *Cast = dyn_cast<ImplicitCastExpr>(&Arg);
  bool IsToBase = Cast && (Cast->getCastKind() == CK_DerivedToBase ||
                           Cast->getCastKind() == CK_UncheckedDerivedToBase);
  return IsToBase ? *Cast->getSubExpr() : Arg;
}

} // namespace taskleak
