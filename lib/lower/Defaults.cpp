// What a variable or member is without an initializer of its own.
//   std::mutex M;  int Sums[4];  bool Closed = false;   in a class: the default of a member

#include "lower/VariantLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::makeDefault(QualType T, const TypeForm &Shape, StringRef Name,
                                      SourceRange At) {
  if (Shape.is(Form::Handle))
    for (const CallModel *Row : U.constructors(*Shape.Row))
      if (Row->Role == CallRole::Make && Row->Args.value_or(0) == 0 && Row->Params.empty())
        return makeObject(*Shape.Row, capacity(Row->Count, {}, T), Name, At); // A promise.
  if ((Shape.is(Form::Scalar) && Zeroes) || Shape.is(Form::Status))
    return Operand::integer(0);
  if (Shape.is(Form::Variant))
    return VariantLowering(*this).makeDefault(T, At);
  if (Shape.isValue())
    return Shape.is(Form::Scalar) || Shape.is(Form::Nothing) ? Operand::unknown() : Operand::null();
  switch (Shape.F) {
  case Form::Sequence: {
    Operand Sequence = E.value(Op::Sequence, {}, at(At), Name);
    return fillArray(T, Sequence, 0, nullptr, Name, At);
  }
  case Form::Guard:
  case Form::Cleanup: {
    Operand Guard = E.value(Op::New, {}, at(At), Shape.is(Form::Guard) ? "guard" : "cleanup");
    if (Shape.is(Form::Guard))
      E.act(Op::Store, {Guard, Operand::integer(0)}, at(At), "owns");
    E.act(Op::Store, {Guard, Operand::null()}, at(At), Shape.is(Form::Guard) ? "lock" : "run");
    return Guard;
  }
  case Form::Atomic:
    return E.value(Op::Cell, {Operand::integer(0)}, at(At), Name);
  case Form::Object:
  case Form::Executor:
    return makeObject(*Shape.Row, capacity(Shape.Row->Capacity, {}, T), Name, At);
  case Form::Record: {
    const RecordDecl *Record = T->getAsRecordDecl();
    if (!Record || !Record->getDefinition())
      return Operand::unknown();
    if (isPair(*Record->getDefinition()))
      return makePair(*Record->getDefinition(), {}, At);
    Operand Object = makeRecord(*Record, At);
    const auto *Class = dyn_cast<CXXRecordDecl>(Record->getDefinition());
    if (Class && Class->hasUserProvidedDefaultConstructor())
      E.act(Op::Escape, {Object}, at(At)); // It is not followed here.
    else
      defaultFields(*Record->getDefinition(), Object, At);
    return Object;
  }
  default:
    return Operand::unknown();
  }
}

/// The default of a member: of a template's, where the compiler cannot make it now, the
/// template's own if it is plain.
static const Expr *inClassInitializer(UnitLowering &U, const FieldDecl &Field) {
  if (Field.hasInClassInitializer() && !Field.getInClassInitializer())
    U.instantiate(Field);
  if (!Field.hasInClassInitializer() || Field.getInClassInitializer())
    return Field.getInClassInitializer();
  const auto *Of = dyn_cast<CXXRecordDecl>(Field.getParent());
  const CXXRecordDecl *Pattern = Of ? Of->getTemplateInstantiationPattern() : nullptr;
  if (!Pattern || !Field.getIdentifier())
    return nullptr;
  for (const FieldDecl *Written : Pattern->fields())
    if (Written->getIdentifier() == Field.getIdentifier())
      if (const Expr *Init = Written->getInClassInitializer();
          Init && !Init->isInstantiationDependent() && !Written->getType()->isDependentType())
        return Init;
  return nullptr;
}

void FunctionLowering::defaultFields(const RecordDecl &Record, Operand Object, SourceRange At) {
  llvm::SaveAndRestore Within(This, Storage::object(Object));
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record))
    for (const CXXBaseSpecifier &Parent : Class->bases())
      if (const auto *R = Parent.getType()->getAsCXXRecordDecl(); R && R->hasDefinition())
        defaultFields(*R->getDefinition(), Object, At);
  for (const FieldDecl *Field : Record.fields()) {
    TypeForm Shape = form(Field->getType());
    if (Field->getType()->isReferenceType() || Shape.is(Form::Nothing))
      continue;
    const Expr *Init = inClassInitializer(U, *Field);
    if (Shape.is(Form::Scalar) && !Init && !Zeroes)
      continue;
    Operand Value = initialize(Field->getType(), Init, Field->getName(), Field->getLocation());
    E.act(Op::Store, {Object, Value}, at(Field->getLocation()), Field->getName());
  }
}

static bool isZero(const Expr *Value, const ASTContext &Context) {
  Expr::EvalResult Known;
  return Value && Value->EvaluateAsInt(Known, Context) && Known.Val.getInt().isZero();
}

/// memset(Table, 0, sizeof *Table): each member as in static storage.
Operand FunctionLowering::zero(const ModelledCall &C) {
  const Expr *To = C.arg(C.Row.Object);
  QualType T = To ? To->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  constexpr uint64_t MostElements = 16;
  uint64_t Elements = 0;
  if (!T.isNull() && T->isArrayType()) {
    Elements = Forms::length(T).value_or(0);
    T = Elements <= MostElements ? Forms::element(T) : QualType();
  }
  const RecordDecl *Record = T.isNull() ? nullptr : T->getAsRecordDecl();
  bool IsPlain = Record && Record->getDefinition() && form(T).is(Form::Record) &&
                 T.isTrivialType(U.Context);
  bool ToZero = !C.arg(C.Row.Value) || isZero(C.arg(C.Row.Value), U.Context);
  if (!IsPlain || !ToZero)
    return callUnknown(&C.Callee, nullptr, C.Args, C.Site);
  Operand Object = value(To);
  llvm::SaveAndRestore Values(Zeroes, true);
  if (Elements == 0)
    defaultFields(*Record->getDefinition(), Object, C.Site.getSourceRange());
  for (uint64_t I = 0; I < Elements; ++I)
    defaultFields(*Record->getDefinition(),
                  E.value(Op::At, {Object, Operand::integer(int64_t(I))}, at(C.Site)),
                  C.Site.getSourceRange());
  return Object;
}

} // namespace taskleak
