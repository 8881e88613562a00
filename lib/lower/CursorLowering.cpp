// What begins, moves, compares and removes at an iterator; see CursorLowering.h.

#include "lower/CursorLowering.h"

#include "lower/ElementLoop.h"
#include "lower/Equality.h"

using namespace clang;

namespace taskleak {

static const CallExpr *asCall(const Expr &From) {
  return dyn_cast<CallExpr>(From.IgnoreUnlessSpelledInSource());
}

static bool isCalled(const CallExpr &C, ArrayRef<StringRef> Names) {
  const FunctionDecl *F = C.getDirectCallee();
  return F && F->getIdentifier() && llvm::is_contained(Names, F->getName());
}

/// X of X.begin() and of std::begin(X).
static const Expr *containerOf(const CallExpr &C) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&C))
    return Member->getNumArgs() == 0 ? Member->getImplicitObjectArgument() : nullptr;
  return C.getNumArgs() == 1 ? C.getArg(0) : nullptr;
}

static bool begins(const CallExpr &C) { return isCalled(C, {"begin", "cbegin"}); }
static bool ends(const CallExpr &C) { return isCalled(C, {"end", "cend"}); }

const Expr *begunContainer(const Expr &Iterator) {
  const CallExpr *C = asCall(Iterator);
  return C && begins(*C) ? containerOf(*C) : nullptr;
}

bool isEnd(const Expr &Iterator) {
  const CallExpr *C = asCall(Iterator);
  return C && ends(*C);
}

const CursorLowering::Cursor *CursorLowering::cursor(const Expr &Named) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(Named.IgnoreUnlessSpelledInSource());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  auto Known = V ? L.Cursors.find(V) : L.Cursors.end();
  return Known == L.Cursors.end() ? nullptr : &Known->second;
}

bool CursorLowering::declare(const VarDecl &V) {
  const Expr *Init = V.getInit();
  if (!Init || !V.isLocalVarDecl() || !V.getType()->isRecordType())
    return false;
  std::optional<Cursor> From = start(*Init);
  if (!From)
    return false;
  // Of each its own, which it alone moves.
  Cursor Own{E.newSlot(), E.newSlot(V.getName())};
  Place Here = L.U.place(V.getSourceRange());
  E.act(Op::Move, {Operand::slot(From->Elements)}, Here).Result = Own.Elements;
  E.act(Op::Move, {Operand::slot(From->Index)}, Here).Result = Own.Index;
  L.Cursors[&V] = Own;
  // Wherever else it is used, nobody knows where it points.
  Operand Elsewhere = L.foreignValue(*Init);
  SlotId Slot = E.newSlot();
  E.act(Op::Move, {Elsewhere}, Here).Result = Slot;
  L.bind(V, Storage::slot(Slot));
  return true;
}

/// Where an iterator begins that is given by an expression.
std::optional<CursorLowering::Cursor> CursorLowering::start(const Expr &From) {
  if (const Cursor *Other = cursor(From))
    return *Other;
  const CallExpr *C = asCall(From);
  if (!C)
    return std::nullopt;
  if (auto Found = search(*C))
    return Found;
  if (auto Moved = next(*C))
    return Moved;
  if (auto Moved = moved(*C))
    return Moved;
  if (auto After = erase(*C))
    return After;
  const Expr *Container = begins(*C) || ends(*C) ? containerOf(*C) : nullptr;
  if (!Container || !L.form(Container->getType()).is(Form::Sequence))
    return std::nullopt;
  Place Here = L.at(*C);
  Cursor At{E.newSlot(), E.newSlot()};
  E.act(Op::Move, {L.reference(Container)}, Here).Result = At.Elements;
  Operand Index = begins(*C) ? Operand::integer(0)
                             : E.value(Op::Size, {Operand::slot(At.Elements)}, Here);
  E.act(Op::Move, {Index}, Here).Result = At.Index;
  return At;
}

/// std::find and std::find_if over a whole container: the first that is sought, or the end.
std::optional<CursorLowering::Cursor> CursorLowering::search(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  if (!F || !F->isInStdNamespace() || C.getNumArgs() != 3 || !isCalled(C, {"find", "find_if"}))
    return std::nullopt;
  const Expr *Container = begunContainer(*C.getArg(0));
  if (!Container || !L.form(Container->getType()).is(Form::Sequence))
    return std::nullopt;
  const Expr &Sought = *C.getArg(2);
  QualType Of = Forms::element(Container->getType());
  bool IsValue = isCalled(C, {"find"});
  if (IsValue && (Of.isNull() || !L.form(Of).isValue()))
    return std::nullopt; // How the user's own classes compare is not followed.
  Place Here = L.at(C);
  SlotId Elements = E.newSlot();
  E.act(Op::Move, {L.reference(Container)}, Here).Result = Elements;
  Operand By = IsValue ? L.value(&Sought) : L.callable(&Sought);
  ElementLoop Loop(E, Operand::slot(Elements), Here);
  Op Equal = L.form(Of).is(Form::Text) ? Op::SameText : Op::Eq;
  Operand Is = IsValue ? E.value(Equal, {Loop.Element, By}, Here, L.text(C))
                       : L.callOn(By, Sought, Loop.Element, Of);
  BlockId Other = E.newBlock();
  E.branch(Is, Loop.After, Other, Here, L.text(Sought));
  E.enter(Other);
  Loop.next();
  return Cursor{Elements, Loop.Index};
}

/// std::next(it), std::prev(it).
std::optional<CursorLowering::Cursor> CursorLowering::next(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  bool IsStep = F && F->isInStdNamespace() && isCalled(C, {"next", "prev"}) && C.getNumArgs() > 0 &&
                (C.getNumArgs() == 1 || isa<CXXDefaultArgExpr>(C.getArg(1)));
  const Cursor *From = IsStep ? cursor(*C.getArg(0)) : nullptr;
  if (!From)
    return std::nullopt;
  Cursor To{From->Elements, E.newSlot()};
  E.act(isCalled(C, {"next"}) ? Op::Add : Op::Sub,
        {Operand::slot(From->Index), Operand::integer(1)}, L.at(C))
      .Result = To.Index;
  return To;
}

/// X.begin() + n, it - n.
std::optional<CursorLowering::Cursor> CursorLowering::moved(const CallExpr &C) {
  const auto *Step = dyn_cast<CXXOperatorCallExpr>(&C);
  bool Adds = Step && Step->getOperator() == OO_Plus;
  if (!Step || !(Adds || Step->getOperator() == OO_Minus) || Step->getNumArgs() != 2 ||
      !Step->getArg(1)->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  std::optional<Cursor> From = start(*Step->getArg(0));
  if (!From)
    return std::nullopt;
  Cursor To{From->Elements, E.newSlot()};
  Operand By = L.value(Step->getArg(1));
  E.act(Adds ? Op::Add : Op::Sub, {Operand::slot(From->Index), By}, L.at(C)).Result = To.Index;
  return To;
}

/// X.erase(it), X.erase(it++), X.erase(X.begin()): what comes next stands at the same index then.
std::optional<CursorLowering::Cursor> CursorLowering::erase(const CallExpr &C) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&C);
  if (!Member || C.getNumArgs() != 1 || !isCalled(C, {"erase"}))
    return std::nullopt;
  const Expr *At = C.getArg(0)->IgnoreUnlessSpelledInSource();
  const auto *Step = dyn_cast<CXXOperatorCallExpr>(At);
  if (Step && Step->getOperator() == OO_PlusPlus && Step->getNumArgs() == 2)
    At = Step->getArg(0);
  std::optional<Cursor> Gone = start(*At);
  if (!Gone)
    return std::nullopt;
  Place Here = L.at(C);
  QualType T = Member->getImplicitObjectArgument()->IgnoreParenImpCasts()->getType();
  QualType Element = Forms::element(T->isPointerType() ? T->getPointeeType() : T);
  Operand Taken = E.value(Op::RemoveAt,
                          {Operand::slot(Gone->Elements), Operand::slot(Gone->Index)}, Here);
  if (!Element.isNull() && L.U.needsDestruction(Element))
    L.destroy(Element, Taken, C.getSourceRange(), {});
  return *Gone;
}

void CursorLowering::move(const Cursor &To, Op By, const Expr &Site) {
  E.act(By, {Operand::slot(To.Index), Operand::integer(1)}, L.at(Site)).Result = To.Index;
}

Operand CursorLowering::element(const Cursor &At, const CXXOperatorCallExpr &C) {
  Operand Elements = Operand::slot(At.Elements);
  // It may be moved on before what is at it now is read.
  Operand Index = E.value(Op::Move, {Operand::slot(At.Index)}, L.at(C));
  L.Elements[&C] = Storage::element(Elements, Index);
  return E.value(Op::At, {Elements, Index}, L.at(C));
}

std::optional<Operand> CursorLowering::compare(const CXXOperatorCallExpr &C) {
  const Cursor *Left = cursor(*C.getArg(0)), *Right = cursor(*C.getArg(1));
  if (!Left && !Right)
    return std::nullopt;
  const Cursor &Known = Left ? *Left : *Right;
  const CallExpr *Bound = asCall(*C.getArg(Left ? 1 : 0));
  Operand Other;
  if (Left && Right)
    Other = Operand::slot(Right->Index);
  else if (Bound && ends(*Bound))
    Other = E.value(Op::Size, {Operand::slot(Known.Elements)}, L.at(C));
  else if (Bound && begins(*Bound))
    Other = Operand::integer(0);
  else
    return L.foreignValue(C);
  Op Code = *holdsOfEqual(C.getOperator()) ? Op::Eq : Op::Ne;
  return E.value(Code, {Operand::slot(Known.Index), Other}, L.at(C), L.text(C));
}

std::optional<Operand> CursorLowering::operation(const CXXOperatorCallExpr &C) {
  if (holdsOfEqual(C.getOperator()))
    return compare(C);
  const Cursor *At = cursor(*C.getArg(0));
  if (!At)
    return std::nullopt;
  switch (C.getOperator()) {
  case OO_PlusPlus:
  case OO_MinusMinus:
    move(*At, C.getOperator() == OO_PlusPlus ? Op::Add : Op::Sub, C);
    return L.foreignValue(C);
  case OO_Star:
  case OO_Arrow:
    return element(*At, C);
  case OO_Equal: {
    Cursor Own = *At; // More of them may be made meanwhile.
    std::optional<Cursor> From = start(*C.getArg(1));
    Operand Index = From ? Operand::slot(From->Index) : L.foreignValue(C);
    if (From)
      E.act(Op::Move, {Operand::slot(From->Elements)}, L.at(C)).Result = Own.Elements;
    else
      L.discard(C.getArg(1));
    E.act(Op::Move, {Index}, L.at(C)).Result = Own.Index;
    return L.foreignValue(C);
  }
  default:
    return std::nullopt;
  }
}

std::optional<Operand> CursorLowering::call(const CallExpr &C) {
  if (erase(C))
    return L.foreignValue(C);
  if (L.Cursors.empty())
    return std::nullopt;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C))
    return operation(*Operator);
  lose(C);
  return std::nullopt;
}

/// std::advance(it, n): wherever they are moved that are passed to be changed.
void CursorLowering::lose(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  for (unsigned I = 0; F && I < C.getNumArgs() && I < F->getNumParams(); ++I) {
    QualType T = F->getParamDecl(I)->getType();
    const Cursor *Moved = T->isLValueReferenceType() && !T->getPointeeType().isConstQualified()
                              ? cursor(*C.getArg(I))
                              : nullptr;
    if (Moved)
      E.act(Op::Move, {L.foreignValue(C)}, L.at(C)).Result = Moved->Index;
  }
}

} // namespace taskleak
