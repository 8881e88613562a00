// std::visit: a branch for each alternative, which calls what takes it.
//   std::visit(overloaded{[&](const Job &J) { run(J); }, [&](Stop) { stop(); }}, M);
//   std::visit([&](auto &&Alternative) { handle(Alternative); }, M);
//   std::visit(Handler{*this}, M);

#include "lower/Initializer.h"
#include "lower/VariantLowering.h"

#include "clang/AST/DeclTemplate.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

/// What takes alternatives: lambdas, or the call operators of one object.
struct Visitor {
  struct Operator {
    const NamedDecl *Declared; ///< A method, or a template of methods.
    const LambdaExpr *Lambda;  ///< Null: the object's.
  };
  llvm::SmallVector<Operator, 4> Operators;
  Operand Object;
};

static const Expr *bareVisitor(const Expr *E) {
  return bareInitializer(E->IgnoreUnlessSpelledInSource());
}

static const NamedDecl *callOperator(const LambdaExpr &Lambda) {
  if (const FunctionTemplateDecl *Template = Lambda.getLambdaClass()->getDependentLambdaCallOperator())
    return Template;
  return Lambda.getCallOperator();
}

/// overloaded{[](Job) {}, [](Stop) {}}, or a lambda alone.
static void addLambdas(const Expr *Bare, Visitor &To) {
  ArrayRef<const Expr *> Parts = Bare;
  if (const auto *List = dyn_cast<InitListExpr>(Bare)) {
    const InitListExpr *Semantic = List->isSemanticForm() ? List : List->getSemanticForm();
    Parts = (Semantic ? Semantic : List)->inits();
  } else if (const auto *List = dyn_cast<CXXParenListInitExpr>(Bare)) {
    Parts = List->getInitExprs();
  }
  for (const Expr *Part : Parts)
    if (const auto *Lambda = dyn_cast<LambdaExpr>(bareVisitor(Part)))
      To.Operators.push_back({callOperator(*Lambda), Lambda});
  if (To.Operators.size() != Parts.size())
    To.Operators.clear();
}

static void addCallOperators(const CXXRecordDecl &Class, Visitor &To) {
  for (const Decl *D : Class.decls())
    if (const auto *Named = dyn_cast<NamedDecl>(D))
      if (isa<CXXMethodDecl, FunctionTemplateDecl>(Named) &&
          Named->getDeclName().getCXXOverloadedOperator() == OO_Call)
        To.Operators.push_back({Named, nullptr});
}

/// The instance of a template, or the function itself, that takes \p T and nothing else.
static const CXXMethodDecl *taking(const NamedDecl *Operator, QualType T) {
  auto Takes = [&](const FunctionDecl *F) {
    return F->getNumParams() == 1 && isSameType(F->getParamDecl(0)->getType(), T);
  };
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Operator))
    return Takes(Method) ? Method : nullptr;
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Operator))
    for (const FunctionDecl *Instance : Template->specializations())
      if (Takes(Instance) && Instance->hasBody())
        return cast<CXXMethodDecl>(Instance);
  return nullptr;
}

/// What takes the alternative by its own type comes before a template that takes all.
static std::pair<const CXXMethodDecl *, const LambdaExpr *> choose(const Visitor &By, QualType T) {
  for (bool Templates : {false, true})
    for (const Visitor::Operator &Candidate : By.Operators)
      if (isa<FunctionTemplateDecl>(Candidate.Declared) == Templates)
        if (const CXXMethodDecl *Found = taking(Candidate.Declared, T))
          return {Found, Candidate.Lambda};
  return {nullptr, nullptr};
}

/// Foreign if no call operator in sight takes just this type.
Operand VariantLowering::visitAlternative(const Visitor &By, Operand Box, QualType Alternative,
                                          const ModelledCall &C) {
  auto [Called, Lambda] = choose(By, Alternative);
  FunctionId Id = Called && !Lambda ? L.U.function(*Called) : NoId;
  if (!Called || (!Lambda && Id == NoId))
    return L.foreignValue(C.Site);
  bool ByReference = Called->getParamDecl(0)->getType()->isReferenceType();
  Operand Closure = Lambda ? L.lambda(*Lambda, /*OwnsCaptures=*/false, Called) : Operand::unknown();
  Operand Given = held(Box, Alternative, ByReference, C.Site.getSourceRange());
  if (Lambda)
    return E.value(Op::CallClosure, {Closure, Given}, L.at(C.Site), L.text(C.Site));
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
  if (const Expr *Bare = Callable ? bareVisitor(Callable) : nullptr) {
    addLambdas(Bare, By);
    if (By.Operators.empty() && L.form(Bare->getType()).is(Form::Record))
      addCallOperators(*Bare->getType()->getAsCXXRecordDecl()->getDefinition(), By);
  }
  if (C.Args.size() != 2 || Types.empty() || By.Operators.empty()) {
    for (const Expr *A : C.Args)
      if (Operand Value = L.value(A); Value.isSlot())
        E.act(Op::Escape, {Value}, L.at(C.Site));
    return L.foreignValue(C.Site);
  }
  if (!By.Operators[0].Lambda)
    By.Object = L.reference(Callable);
  Operand Box = L.value(Variant);
  Operand Index = indexOf(Box, C.Site.getSourceRange());
  SlotId Result = E.newSlot();
  BlockId After = E.newBlock();
  for (auto [I, T] : llvm::enumerate(Types)) {
    BlockId Next = NoId;
    if (I + 1 != Types.size()) {
      BlockId Is = E.newBlock();
      Next = E.newBlock();
      std::string Text = say(*Variant, T);
      Operand Holds = E.value(Op::Eq, {Index, Operand::integer(I)}, L.at(C.Site), Text);
      E.branch(Holds, Is, Next, L.at(C.Site), Text);
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
