// std::visit: a branch for each alternative, which calls what takes it.
//   std::visit(overloaded{[&](const Job &J) { run(J); }, [&](Stop) { stop(); }}, M);
//   std::visit([&](auto &&Alternative) { handle(Alternative); }, M);
//   std::visit(Handler{*this}, M);

#include "lower/VariantLowering.h"

#include "clang/AST/DeclTemplate.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

/// Lambdas, or an object of a class with call operators of its own.
struct Visitor {
  llvm::SmallVector<const LambdaExpr *, 4> Lambdas;
  const CXXRecordDecl *Class = nullptr;
  Operand Object;
};

/// Past temporaries, casts and conversions.
static const Expr *bareVisitor(const Expr *E) {
  for (;;) {
    const Expr *Inner = E->IgnoreParenImpCasts()->IgnoreUnlessSpelledInSource();
    if (const auto *Functional = dyn_cast<CXXFunctionalCastExpr>(Inner))
      Inner = Functional->getSubExpr();
    if (Inner == E)
      return E;
    E = Inner;
  }
}

static llvm::SmallVector<const LambdaExpr *, 4> lambdasOf(const Expr *Bare) {
  llvm::SmallVector<const LambdaExpr *, 4> Found;
  ArrayRef<const Expr *> Parts = Bare;
  if (const auto *List = dyn_cast<InitListExpr>(Bare)) {
    const InitListExpr *Semantic = List->isSemanticForm() ? List : List->getSemanticForm();
    Parts = (Semantic ? Semantic : List)->inits();
  } else if (const auto *List = dyn_cast<CXXParenListInitExpr>(Bare)) {
    Parts = List->getInitExprs();
  }
  for (const Expr *Part : Parts) {
    const auto *Lambda = dyn_cast<LambdaExpr>(bareVisitor(Part));
    if (!Lambda)
      return {};
    Found.push_back(Lambda);
  }
  return Found;
}

/// The instance of a template, or the function itself, that takes \p T and nothing else.
static const CXXMethodDecl *taking(const NamedDecl *Operator, QualType T) {
  auto Takes = [&](const FunctionDecl *F) {
    return F->getNumParams() == 1 &&
           F->getParamDecl(0)->getType().getNonReferenceType().getCanonicalType()
                   .getUnqualifiedType() == T.getCanonicalType().getUnqualifiedType();
  };
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Operator))
    return Takes(Method) ? Method : nullptr;
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Operator))
    for (const FunctionDecl *Instance : Template->specializations())
      if (Takes(Instance) && Instance->hasBody())
        return cast<CXXMethodDecl>(Instance);
  return nullptr;
}

static const NamedDecl *callOperator(const LambdaExpr &Lambda) {
  if (const FunctionTemplateDecl *Template = Lambda.getLambdaClass()->getDependentLambdaCallOperator())
    return Template;
  return Lambda.getCallOperator();
}

/// What takes the alternative by its own type comes before a template that takes all.
template <class Candidates, class Declared>
static auto choose(Candidates &&All, QualType T, Declared OperatorOf)
    -> std::pair<const CXXMethodDecl *, decltype(&*std::begin(All))> {
  for (bool Templates : {false, true})
    for (auto &Candidate : All) {
      const NamedDecl *Operator = OperatorOf(Candidate);
      if (isa<FunctionTemplateDecl>(Operator) == Templates)
        if (const CXXMethodDecl *Found = taking(Operator, T))
          return {Found, &Candidate};
    }
  return {nullptr, nullptr};
}

static llvm::SmallVector<const NamedDecl *, 4> callOperators(const CXXRecordDecl &Class) {
  llvm::SmallVector<const NamedDecl *, 4> Found;
  for (const Decl *D : Class.decls())
    if (const auto *Named = dyn_cast<NamedDecl>(D))
      if (isa<CXXMethodDecl, FunctionTemplateDecl>(Named) &&
          Named->getDeclName().getCXXOverloadedOperator() == OO_Call)
        Found.push_back(Named);
  return Found;
}

/// Nothing if no call operator in sight takes just this type.
Operand VariantLowering::visitAlternative(const Visitor &By, Operand Box, QualType Alternative,
                                          const ModelledCall &C) {
  const CXXMethodDecl *Called = nullptr;
  Operand Closure;
  if (!By.Lambdas.empty()) {
    auto [Operator, Lambda] = choose(By.Lambdas, Alternative, [](const LambdaExpr *Lambda) {
      return callOperator(*Lambda);
    });
    Called = Operator;
    if (Called)
      Closure = L.lambda(**Lambda, /*OwnsCaptures=*/false, Called);
  } else {
    Called = choose(callOperators(*By.Class), Alternative, [](const NamedDecl *D) { return D; }).first;
  }
  if (!Called)
    return L.foreignValue(C.Site);
  bool ByReference = Called->getParamDecl(0)->getType()->isReferenceType();
  Operand Given = held(Box, Alternative, ByReference, C.Site);
  if (!By.Lambdas.empty())
    return E.value(Op::CallClosure, {Closure, Given}, L.at(C.Site), L.text(C.Site));
  FunctionId Id = L.U.function(*Called);
  if (Id == NoId)
    return L.foreignValue(C.Site);
  L.U.body(Id).Called = true;
  SlotId Result = E.newSlot();
  Instruction &Call = E.act(Op::Call, {By.Object, Given}, L.at(C.Site), L.text(C.Site));
  Call.Callee = Id;
  Call.Result = Result;
  return Operand::slot(Result);
}

Operand VariantLowering::visit(const ModelledCall &C) {
  const Expr *Callable = C.arg(C.Row.Callable), *Variant = C.arg(C.Row.Object);
  auto Types = Variant ? alternatives(Variant->getType()) : llvm::SmallVector<QualType, 4>();
  Visitor By;
  if (Callable) {
    const Expr *Bare = bareVisitor(Callable);
    By.Lambdas = lambdasOf(Bare);
    QualType T = Bare->getType();
    if (By.Lambdas.empty() && L.form(T).is(Form::Record))
      By.Class = T->getAsCXXRecordDecl()->getDefinition();
  }
  if (C.Args.size() != 2 || Types.empty() || (By.Lambdas.empty() && !By.Class)) {
    for (const Expr *A : C.Args)
      if (Operand Value = L.value(A); Value.isSlot())
        E.act(Op::Escape, {Value}, L.at(C.Site));
    return L.foreignValue(C.Site);
  }
  if (By.Class)
    By.Object = L.reference(Callable);
  Operand Box = L.value(Variant);
  SlotId Result = E.newSlot();
  BlockId After = E.newBlock();
  for (auto [I, T] : llvm::enumerate(Types)) {
    BlockId Next = NoId;
    if (I + 1 != Types.size()) {
      BlockId Is = E.newBlock();
      Next = E.newBlock();
      Operand Holds = holds(Box, I, L.text(*Variant), T, C.Site);
      E.branch(Holds, Is, Next, L.at(C.Site),
               L.text(*Variant) + " holds " + T.getAsString(L.U.Context.getPrintingPolicy()));
      E.enter(Is);
    }
    Operand Yielded = visitAlternative(By, Box, T, C);
    E.act(Op::Move, {Yielded}, L.at(C.Site)).Result = Result;
    E.jump(After);
    if (Next != NoId)
      E.enter(Next);
  }
  E.enter(After);
  return Operand::slot(Result);
}

} // namespace taskleak
