// How the wait of a library call can end, and what the call yields then.
//   Done.wait_for(Lock, 5s) == std::cv_status::timeout     poll(Set, 2, -1) never times out

#include "lower/FunctionLowering.h"

#include <cerrno>

using namespace clang;

namespace taskleak {

/// The number inside a constant: time_point::max() is a class around a class around one, and
/// the first member of QDeadlineTimer::Forever says it all.
static std::optional<llvm::APSInt> innermostNumber(const Expr &E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (E.isValueDependent() || E.containsErrors() || !E.EvaluateAsRValue(Result, Context))
    return std::nullopt;
  const APValue *V = &Result.Val;
  while (V->isStruct() && V->getStructNumFields() != 0)
    V = &V->getStructField(0);
  return V->isInt() ? std::optional(V->getInt()) : std::nullopt;
}

bool FunctionLowering::neverTimesOut(const ModelledCall &C) {
  const Expr *Time = C.arg(C.Row.Timeout);
  if (!Time)
    return true;
  Time = Time->IgnoreParenImpCasts();
  const Infinite &Never = C.Row.Never;
  if (auto Constant = innermostNumber(*Time, U.Context)) {
    const llvm::APSInt &N = *Constant;
    if (Never.Negative && N.isNegative())
      return true;
    if (Never.Value &&
        llvm::APInt(N) == llvm::APInt(llvm::APSInt::get(*Never.Value).extOrTrunc(N.getBitWidth())))
      return true;
  }
  return Never.Null && Time->isNullPointerConstant(U.Context, Expr::NPC_ValueDependentIsNotNull) !=
                           Expr::NPCK_NotNull;
}

static std::optional<int64_t> numberOf(StringRef Value, ASTContext &Context) {
  int64_t Number;
  if (!Value.getAsInteger(0, Number))
    return Number;
  // A qualified enumerator: namespaces, classes and enums by name.
  llvm::SmallVector<StringRef, 4> Parts;
  Value.split(Parts, "::", -1, false);
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  for (StringRef Part : Parts) {
    IdentifierInfo &Name = Context.Idents.get(Part);
    const DeclContext *Next = nullptr;
    for (const NamedDecl *D : Scope->lookup(&Name)) {
      D = D->getUnderlyingDecl();
      if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(D))
        return Enumerator->getInitVal().getExtValue();
      if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
        D = Alias->getNamespace();
      if (const auto *Inner = dyn_cast<DeclContext>(D))
        Next = Inner->getPrimaryContext() ? Inner->getPrimaryContext() : Inner;
    }
    if (!Next)
      return std::nullopt;
    Scope = Next;
  }
  return std::nullopt;
}

void FunctionLowering::setOutcomes(const ModelledCall &C, Instruction &Wait) {
  bool TellsEnd = tellsEnd(C);
  if (TellsEnd)
    Wait.Outcomes.push_back({Outcome::Ok, false, 0});
  for (const OutcomeRow &Row : C.Row.Outcomes) {
    if (Row.When == Outcome::Cancelled && !isCancellable(C))
      continue;
    OutcomeValue V;
    V.When = Row.When;
    V.Throws = Row.Throws && !TellsEnd;
    if (TellsEnd && Row.When != Outcome::Ok) // The number of operation_aborted, or any other.
      V.Value = Row.When == Outcome::Cancelled ? ECANCELED : 1;
    if (!Row.Throws) {
      auto Number = numberOf(Row.Value, U.Context);
      if (!Number)
        continue;
      V.Value = *Number;
      // read and write yield how many bytes they were asked for.
      bool IsTransfer = C.Row.Role == CallRole::Send || C.Row.Role == CallRole::Receive;
      if (IsTransfer && V.When == Outcome::Ok && V.Value != 0 && C.Callee.isExternC() && C.arg(2))
        if (auto Bytes = innermostNumber(*C.arg(2), U.Context))
          V.Value = Bytes->getExtValue();
    }
    Wait.Outcomes.push_back(V);
  }
}

/// Time-outs, cancels and outcomes: the same for every wait.
void FunctionLowering::finishWait(const ModelledCall &C, Instruction &Wait) {
  Wait.Flag.set(Flag::Timed, C.Row.Flag.has(Flag::Timed) || !neverTimesOut(C));
  Wait.Flag.set(Flag::Try,
                C.Row.Flag.has(Flag::Try) || C.Row.Blocks == Blocking::Never || mayNotBlock(C));
  Wait.Flag.set(Flag::Ambient, C.Row.Flag.has(Flag::Ambient) && isCancellable(C));
  bool WaitsOutside = C.Row.ElseOutside && !Wait.Flag.has(Flag::Try);
  Wait.Flag.set(Flag::World, WaitsOutside && (!Polls || C.Row.Role == CallRole::Poll));
  setOutcomes(C, Wait);
}

} // namespace taskleak
