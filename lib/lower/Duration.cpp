// Lengths of sleeps.

#include "lower/Duration.h"

#include "clang/AST/DeclTemplate.h"

#include <optional>

using namespace clang;

namespace taskleak {

/// Clock::now(), or what is worked out from it.
static bool readsClock(const Expr &Time) {
  const auto *Call = dyn_cast<CallExpr>(Time.IgnoreUnlessSpelledInSource());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F)
    return false;
  if (F->getIdentifier() && F->getName() == "now" && Call->getNumArgs() == 0)
    for (const DeclContext *In = F->getDeclContext(); In; In = In->getParent())
      if (In->isStdNamespace())
        return true;
  return isa<CXXOperatorCallExpr>(Call) && llvm::any_of(Call->arguments(), [](const Expr *Arg) {
           return readsClock(*Arg);
         });
}

ClockTest clockTest(BinaryOperatorKind Code, const Expr &Left, const Expr &Right) {
  bool OnLeft = readsClock(Left), OnRight = readsClock(Right);
  bool IsLess = Code == BO_LT || Code == BO_LE, IsMore = Code == BO_GT || Code == BO_GE;
  if (OnLeft == OnRight || (!IsLess && !IsMore))
    return ClockTest::None;
  return IsLess == OnLeft ? ClockTest::HasTime : ClockTest::IsUp;
}

static const TemplateArgumentList *argumentsOf(QualType T, StringRef Name) {
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!Special || Special->getQualifiedNameAsString() != Name)
    return nullptr;
  return &Special->getTemplateArgs();
}

/// The seconds that one tick of a duration lasts.
static std::optional<double> tick(QualType T) {
  const TemplateArgumentList *Duration = argumentsOf(T, "std::chrono::duration");
  if (!Duration || Duration->size() < 2 || Duration->get(1).getKind() != TemplateArgument::Type)
    return std::nullopt;
  const TemplateArgumentList *Ratio = argumentsOf(Duration->get(1).getAsType(), "std::ratio");
  if (!Ratio || Ratio->size() < 2 || Ratio->get(0).getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return double(Ratio->get(0).getAsIntegral().getExtValue()) /
         double(Ratio->get(1).getAsIntegral().getExtValue());
}

static const APValue *constantOf(const Expr &Length, const ASTContext &Context,
                                 Expr::EvalResult &Room) {
  if (Length.isValueDependent())
    return nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&Length))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return V->isUsableInConstantExpressions(Context) ? V->evaluateValue() : nullptr;
  if (Length.isGLValue() || !Length.EvaluateAsRValue(Room, Context))
    return nullptr;
  return &Room.Val;
}

/// The number that a value of a class with one number in it is.
static std::optional<double> count(const APValue *Value) {
  if (Value && Value->isStruct() && Value->getStructNumFields() == 1)
    Value = &Value->getStructField(0);
  if (Value && Value->isInt())
    return double(Value->getInt().getExtValue());
  if (Value && Value->isFloat())
    return Value->getFloat().convertToDouble();
  return std::nullopt;
}

bool isLongSleep(const Expr &Length, const ASTContext &Context) {
  constexpr double Long = 10;
  const Expr *Bare = Length.IgnoreImplicit();
  std::optional<double> Tick =
      Bare->getType()->isIntegerType() ? std::optional(1.0) : tick(Bare->getType());
  if (!Tick)
    return false;
  Expr::EvalResult Room;
  std::optional<double> Ticks = count(constantOf(*Bare, Context, Room));
  return Ticks ? *Ticks * *Tick >= Long : *Tick >= 1;
}

} // namespace taskleak
