// The places that glvalues name: variables, members, elements, what a pointer leads to.
//   queues[i].items_     the field "items_" of an element

#include "lower/FunctionLowering.h"
#include "lower/TextLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::reference(const Expr *Expression) {
  return addressOf(place(Expression), Expression->getSourceRange());
}

Storage FunctionLowering::place(const Expr *Expression) {
  if (auto Known = Prepared.find(Expression); Known != Prepared.end())
    return Known->second;
  Expression = Expression->IgnoreParens();
  if (Expression->containsErrors())
    return {};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Expression)) {
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return storageOf(*V);
    if (const auto *B = dyn_cast<BindingDecl>(Ref->getDecl()))
      return bindingStorage(*B);
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      if (FunctionId Id = U.function(*F); Id != NoId) {
        U.body(Id).Called = true;
        return Storage::object(Operand::function(Id));
      }
    return {};
  }
  if (const auto *M = dyn_cast<MemberExpr>(Expression))
    return member(*M);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Expression))
    return elementOf(*Subscript->getBase(), *Subscript->getIdx());
  if (const auto *Full = dyn_cast<ExprWithCleanups>(Expression))
    return place(Full->getSubExpr());
  // A reference in braces: from_{from}.
  if (const auto *List = dyn_cast<InitListExpr>(Expression); List && List->isTransparent())
    return place(List->getInit(0));
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Expression)) {
    QualType T = Temporary->getType();
    SourceRange Here = Temporary->getSourceRange();
    Operand Value = initialize(T, Temporary->getSubExpr(), {}, Here);
    if (form(T).is(Form::Nothing))
      return {};
    if (form(T).isObject()) {
      if (!Temporary->getExtendingDecl())
        temporary(Value, T, Here);
      return Storage::object(Value);
    }
    SlotId Slot = E.newSlot();
    E.act(Op::Move, {Value}, at(Here)).Result = Slot;
    if (!Temporary->getExtendingDecl())
      temporary(Operand::slot(Slot), T, Here); // Empty again once it is moved from.
    return Storage::slot(Slot);
  }
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Expression)) {
    QualType T = Literal->getType();
    Operand Value = initialize(T, Literal->getInitializer(), {}, Literal->getSourceRange());
    if (form(T).isObject() || form(T).is(Form::Nothing))
      return form(T).isObject() ? Storage::object(Value) : Storage{};
    return Storage::through(E.value(Op::Cell, {Value}, at(*Literal)));
  }
  if (const auto *C = dyn_cast<CastExpr>(Expression)) {
    if (Expression->isGLValue() && C->getSubExpr()->isGLValue())
      return place(C->getSubExpr());
  }
  if (const auto *O = dyn_cast<UnaryOperator>(Expression)) {
    if (O->getOpcode() == UO_Deref) {
      Operand Pointer = value(O->getSubExpr());
      TypeForm Shape = form(O->getType());
      if (Shape.isObject())
        return Storage::object(Pointer);
      return Shape.is(Form::Nothing) ? Storage{} : Storage::through(Pointer);
    }
    if (O->isPrefix() && O->isIncrementDecrementOp()) {
      unary(*O);
      return place(O->getSubExpr());
    }
  }
  if (const auto *O = dyn_cast<BinaryOperator>(Expression)) {
    if (O->isAssignmentOp()) {
      binary(*O);
      return place(O->getLHS());
    }
    if (O->getOpcode() == BO_Comma) {
      discard(O->getLHS());
      return place(O->getRHS());
    }
  }
  if (TextLowering(*this).changeElement(*Expression))
    return {};
  if (const auto *C = dyn_cast<CallExpr>(Expression); C && C->isGLValue())
    if (auto Call = modelOf(*C); Call && Call->Row.Role == CallRole::Same)
      if (const Expr *Inner = Call->arg(Call->Row.Value))
        // move(X) and forward(X) name X.
        if (form(Inner->getType()).F == form(C->getType()).F && Inner->isGLValue())
          return place(Inner);
  // A call that yields a reference, a conditional, anything else.
  Operand Value = evaluate(Expression);
  TypeForm Shape = form(Expression->getType());
  if (Shape.isObject())
    return Storage::object(Value);
  if (Shape.is(Form::Nothing) || Value.isUnknown())
    return {};
  if (auto Element = Elements.find(Expression); Element != Elements.end())
    return Element->second;
  if (Expression->isGLValue() && isa<CallExpr, AbstractConditionalOperator>(Expression))
    return Storage::through(Value);
  SlotId Slot = E.newSlot();
  E.act(Op::Move, {Value}, at(*Expression)).Result = Slot;
  return Storage::slot(Slot);
}

Storage FunctionLowering::member(const MemberExpr &M) {
  if (const auto *V = dyn_cast<VarDecl>(M.getMemberDecl()))
    return storageOf(*V);
  const auto *Field = dyn_cast<FieldDecl>(M.getMemberDecl());
  if (!Field ||
      form(M.getBase()->getType()->isPointerType() ? M.getBase()->getType()->getPointeeType()
                                                   : M.getBase()->getType())
          .is(Form::Nothing)) {
    if (!isa<CXXThisExpr>(M.getBase()->IgnoreParenImpCasts()))
      value(M.getBase());
    return {};
  }
  Operand Object = M.isArrow() ? value(M.getBase()) : reference(M.getBase());
  TypeForm Shape = form(Field->getType());
  if (Shape.is(Form::Nothing))
    return {};
  std::string Name = Field->getNameAsString();
  if (Shape.isObject())
    return Storage::object(E.value(Op::Load, {Object}, at(M), Name));
  if (Field->getType()->isReferenceType())
    return Storage::through(E.value(Op::Load, {Object}, at(M), Name));
  return Storage::field(Object, Name);
}

Storage FunctionLowering::elementOf(const Expr &Base, const Expr &Index) {
  const Expr *Array = Base.IgnoreParenImpCasts();
  Operand At = value(&Index);
  bool IsPointer = Array->getType()->isPointerType();
  if (!IsPointer && !Array->getType()->isArrayType() && !form(Array->getType()).is(Form::Sequence)) {
    value(&Base);
    return {};
  }
  Operand Sequence = IsPointer ? value(Array) : reference(Array);
  TypeForm Shape = form(Forms::element(Array->getType()));
  if (Shape.is(Form::Nothing))
    return {};
  Storage Element = Storage::element(Sequence, At);
  if (Shape.isObject())
    return Storage::object(load(Element, Base.getSourceRange()));
  return Element;
}

} // namespace taskleak
