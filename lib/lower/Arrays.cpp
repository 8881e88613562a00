// Sequences that begin with elements nobody wrote down one by one.
//   struct job queue[4];   four jobs
//   std::vector<Slot> ring(capacity);   as many as that

#include "lower/FunctionLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::fillArray(QualType T, Operand Sequence, uint64_t Known,
                                    const Expr *Filler, StringRef Name, SourceRange At) {
  constexpr uint64_t MostElements = 16;
  std::optional<uint64_t> Length = Forms::length(T);
  if (!Length || *Length <= Known)
    return Sequence;
  QualType Of = Forms::element(T);
  TypeForm Element = form(Of);
  // What is not followed may be filled in from outside where it is bytes, or their like.
  bool IsData = (Element.is(Form::Scalar) || Element.is(Form::Nothing)) && !Of->isPointerType();
  if (*Length > MostElements)
    return IsData ? Operand::unknown() : E.foreign(at(At), Name);
  for (uint64_t I = Known; I < *Length && !Element.is(Form::Nothing); ++I) {
    Operand Value = Filler ? initialize(Of, Filler, Name, At) : makeDefault(Of, Element, Name, At);
    E.act(Op::Append, {Sequence, Value}, at(At));
  }
  return Sequence;
}

/// How many elements that is, if they are few enough to be written down one by one.
static std::optional<uint64_t> shortLength(const Expr &Count, const ASTContext &Context) {
  constexpr uint64_t MostUnrolled = 16;
  Expr::EvalResult N;
  if (!Count.EvaluateAsInt(N, Context) || N.Val.getInt().ugt(MostUnrolled))
    return std::nullopt;
  return N.Val.getInt().getZExtValue();
}

/// A number that is written in the code, or stands for one.
static bool isConstant(const Expr &Count, const ASTContext &Context) {
  Expr::EvalResult N;
  return Count.EvaluateAsInt(N, Context);
}

/// As many elements as \p Count says, each made anew.
void FunctionLowering::repeat(Operand Sequence, const Expr &Count,
                              llvm::function_ref<Operand()> Make) {
  Place Here = at(Count);
  if (std::optional<uint64_t> N = shortLength(Count, U.Context)) {
    for (uint64_t I = 0; I < *N; ++I)
      E.act(Op::Append, {Sequence, Make()}, Here);
    return;
  }
  SlotId Index = E.newSlot(), Last = E.newSlot();
  E.act(Op::Move, {value(&Count)}, Here).Result = Last;
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  Operand More = E.value(Op::Lt, {Operand::slot(Index), Operand::slot(Last)}, Here);
  E.branch(More, Body, After, Here, "more elements");
  E.enter(Body);
  E.act(Op::Append, {Sequence, Make()}, Here);
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  E.jump(Head);
  E.enter(After);
}

/// A list, a number of elements with or without their value, or nothing.
Operand FunctionLowering::constructSequence(const CXXConstructExpr &C, StringRef Name) {
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  for (const Expr *A : Args)
    if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(A->IgnoreImplicit()))
      if (const auto *Items = dyn_cast<InitListExpr>(List->getSubExpr()->IgnoreImplicit()))
        return initializerList(*Items, Name);
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args = Args.drop_back();
  QualType T = C.getType(), Element = Forms::element(T);
  Operand Sequence = makeDefault(T, form(T), Name, rangeOf(C));
  // With a hash function behind it, it is a number of buckets.
  constexpr unsigned MostParams = 3;
  bool IsCounted = !Args.empty() && Args.size() <= 2 && Args[0]->getType()->isIntegerType() &&
                   !Element.isNull() && C.getConstructor()->getNumParams() <= MostParams &&
                   (shortLength(*Args[0], U.Context) || !isConstant(*Args[0], U.Context) ||
                    !Element->isArithmeticType());
  if (IsCounted) {
    repeat(Sequence, *Args[0], [&] {
      llvm::SaveAndRestore Values(Zeroes, true);
      return Args.size() == 2 ? given(*Args[1], Element, rangeOf(C))
                              : makeDefault(Element, form(Element), Name, rangeOf(C));
    });
  } else if (!Args.empty()) { // The program fills it, in a way that is not followed.
    leaveForeign(Sequence, at(rangeOf(C)), Name);
    constructElsewhere(Sequence, nullptr, Args, C);
  }
  return Sequence;
}

} // namespace taskleak
