// Loops over ranges: the elements of a container, what a channel or the program's own
// iterator brings, or something whose size is unknown, but the same each time.
//   for (Worker &W : workers_) W.stop();

#include "lower/FunctionLowering.h"

#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

/// Its begin() and its iterators are in sight.
static bool isOwnRange(const CXXForRangeStmt &S, const UnitLowering &U) {
  auto Callee = [](const Expr *Call) {
    const auto *C = dyn_cast_or_null<CallExpr>(Call ? Call->IgnoreImplicit() : nullptr);
    return C ? C->getDirectCallee() : nullptr;
  };
  const auto *Begin = S.getBeginStmt() ? cast<VarDecl>(S.getBeginStmt()->getSingleDecl()) : nullptr;
  const Expr *Ends = S.getCond() ? S.getCond()->IgnoreImplicit() : nullptr;
  if (const auto *Rewritten = dyn_cast_or_null<CXXRewrittenBinaryOperator>(Ends))
    Ends = Rewritten->getDecomposedForm().InnerBinOp;
  const FunctionDecl *First = Begin ? Callee(Begin->getInit()) : nullptr, *Test = Callee(Ends);
  return First && Test && U.isOwn(*First) && U.isOwn(*Test);
}

/// for (auto &c : name)
static bool mayChange(const VarDecl &Element) {
  QualType T = Element.getType();
  return T->isLValueReferenceType() && !T->getPointeeType().isConstQualified();
}

void FunctionLowering::rangeFor(const CXXForRangeStmt &S) {
  size_t Depth = E.depth();
  statement(S.getInit());
  const Expr *Range = S.getRangeInit();
  TypeForm Shape = form(Range->getType());
  const auto *Listed = dyn_cast<CXXStdInitializerListExpr>(Range->IgnoreImplicit());
  const auto *Items =
      Listed ? dyn_cast<InitListExpr>(Listed->getSubExpr()->IgnoreImplicit()) : nullptr;
  if (Items) { // for (Worker *W : {&A, &B})
    rangeOverSequence(S, initializerList(*Items, {}));
  } else if (Shape.is(Form::Sequence)) {
    Operand Sequence = reference(Range);
    if (Range->isPRValue())
      Sequence = value(Range);
    rangeOverSequence(S, Sequence);
  } else if (Shape.is(Form::Text) && !mayChange(*S.getLoopVariable())) {
    rangeOverSequence(S, value(Range));
  } else if (Shape.is(Form::Object) && Shape.Row->Kind == ObjectKind::Channel) {
    rangeOverChannel(S, reference(Range));
  } else if (isOwnRange(S, U)) {
    rangeByIterator(S);
  } else {
    // Nobody looks into its iterators, and they may do anything to what it refers to.
    if (Shape.is(Form::Record) && Range->isGLValue() && U.Types.leadsOn(Range->getType()))
      E.act(Op::Escape, {reference(Range)}, at(*Range));
    else if (Shape.is(Form::Text) && Range->isLValue()) // for (char &c : name)
      store(place(Range), foreignValue(*Range), Range->getSourceRange());
    else
      discard(Range);
    rangeOverUnknown(S);
  }
  E.popTo(Depth);
}

void FunctionLowering::rangeOverSequence(const CXXForRangeStmt &S, Operand Sequence) {
  Place Here = at(*S.getRangeInit());
  SlotId Index = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  BlockId Head = E.newBlock(), Body = E.newBlock(), Step = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  bool IsText = form(S.getRangeInit()->getType()).is(Form::Text);
  std::optional<uint64_t> Length = Forms::length(S.getRangeInit()->getType());
  Operand Size = Length ? Operand::integer(int64_t(*Length))
                        : E.value(IsText ? Op::Length : Op::Size, {Sequence}, Here,
                                  text(*S.getRangeInit()) + ".size()");
  Operand More = E.value(Op::Lt, {Operand::slot(Index), Size}, Here);
  E.branch(More, Body, After, Here, "more elements");
  E.enter(Body);
  const VarDecl *V = S.getLoopVariable();
  TypeForm Element = form(V->getType());
  size_t Depth = E.depth();
  if (V->getType()->isReferenceType() && Element.isValue() && !IsText) {
    bind(*V, Storage::element(Sequence, Operand::slot(Index)));
  } else {
    Operand Value = E.value(IsText ? Op::Char : Op::At, {Sequence, Operand::slot(Index)}, Here);
    if (Element.isObject()) {
      bind(*V, Storage::object(Value));
    } else {
      SlotId Slot = E.newSlot(V->getName());
      E.act(Op::Move, {Value}, Here).Result = Slot;
      bind(*V, Addressed.count(V) ? Storage::through(E.value(Op::Cell, {Value}, Here, V->getName()))
                                  : Storage::slot(Slot));
    }
  }
  declareBindings(*V);
  loopBody(S.getBody(), After, Step);
  E.popTo(Depth);
  E.enter(Step);
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  E.jump(Head);
  E.enter(After);
}

void FunctionLowering::rangeOverChannel(const CXXForRangeStmt &S, Operand Channel) {
  Place Here = at(*S.getRangeInit());
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  const VarDecl *V = S.getLoopVariable();
  SlotId Got = E.newSlot(V->getName());
  Instruction &Receive = E.act(Op::Receive, {Channel}, Here, nameOf(S.getRangeInit()));
  Receive.Received = Got;
  SlotId Status = E.newSlot();
  Receive.Result = Status;
  E.branch(Operand::slot(Status), Body, After, Here, "a value was received");
  E.enter(Body);
  bind(*V,
       form(V->getType()).isObject() ? Storage::object(Operand::slot(Got)) : Storage::slot(Got));
  loopBody(S.getBody(), After, Head);
  E.enter(After);
}

/// As the language defines it.
void FunctionLowering::rangeByIterator(const CXXForRangeStmt &S) {
  statement(S.getRangeStmt());
  statement(S.getBeginStmt());
  statement(S.getEndStmt());
  BlockId Head = E.newBlock(), Body = E.newBlock(), Step = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  condition(S.getCond(), Body, After);
  E.enter(Body);
  size_t Depth = E.depth();
  Loops.push_back({After, Step, Depth, Depth});
  statement(S.getLoopVarStmt());
  statement(S.getBody());
  E.popTo(Depth);
  Loops.pop_back();
  E.jump(Step);
  E.enter(Step);
  discard(S.getInc());
  E.jump(Head);
  E.enter(After);
}

/// values | std::views::filter(isOdd): the program decides what is in it.
static bool isView(QualType T) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  const auto *Space = Record ? dyn_cast<NamespaceDecl>(Record->getDeclContext()) : nullptr;
  return Space && Space->getIdentifier() && Space->getName() == "ranges";
}

void FunctionLowering::rangeOverUnknown(const CXXForRangeStmt &S) {
  Place Here = at(*S.getRangeInit());
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  // How often the body runs is a number: it is tried at 0, 1, 2 and 3, the same for each
  // loop over the same range.
  Operand Size = Forms::length(S.getRangeInit()->getType())
                     ? Operand::integer(int64_t(*Forms::length(S.getRangeInit()->getType())))
                 : isView(S.getRangeInit()->getType())
                     ? foreignValue(*S.getRangeInit())
                     : E.value(Op::Opaque, {}, Here, text(*S.getRangeInit()) + ".size()");
  SlotId Index = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  E.jump(Head);
  E.enter(Head);
  Operand More = E.value(Op::Lt, {Operand::slot(Index), Size}, Here);
  E.branch(More, Body, After, Here, "more elements");
  E.enter(Body);
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  bind(*S.getLoopVariable(), {});
  loopBody(S.getBody(), After, Head);
  E.enter(After);
}

} // namespace taskleak
