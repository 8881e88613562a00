// Calls of what is out of sight: what it may keep, change and answer.
//   while (queue_.empty()) ...   the same answer until something else is done to queue_

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// Can the callee keep what this argument refers to, or change it?
static bool escapesThrough(QualType Param) {
  if (Param->isReferenceType() || Param->isPointerType())
    return !Param->getPointeeType().isConstQualified() || Param->getPointeeType()->isFunctionType();
  return true;
}

static bool isConst(const CXXMethodDecl *Method) { return Method && Method->isConst(); }

static bool isOfStringHeader(const FunctionDecl &F) {
  const SourceManager &Sources = F.getASTContext().getSourceManager();
  return isSystem(F) &&
         Sources.getFilename(Sources.getExpansionLoc(F.getLocation())).ends_with("string.h");
}

/// strtok, strchr: what they find hangs on strings that the program has made, as a rule.
static bool findsInText(const FunctionDecl *F) {
  return F && F->getReturnType()->isPointerType() && isOfStringHeader(*F);
}

/// Empty if it is no function of C's.
static StringRef nameInC(const FunctionDecl &F) {
  return F.isExternC() && F.getIdentifier() ? F.getName() : StringRef();
}

/// strcpy(name, from), snprintf(name, n, "%d", i): so does what they write.
static bool writesText(const FunctionDecl &F) {
  StringRef Name = nameInC(F);
  return !Name.empty() && (isOfStringHeader(F) || Name == "sprintf" || Name == "snprintf");
}

Operand FunctionLowering::result(const FunctionDecl *F, const Expr &Site,
                                 ArrayRef<Operand> Inputs) {
  QualType T = Site.getType();
  if (findsInText(F))
    return foreignValue(Site);
  if (T->isVoidType() || (form(T).is(Form::Nothing) && !T->isArithmeticType()))
    return Operand::unknown();
  if (form(T).isObject() || form(T).is(Form::Handle))
    return Operand::unknown();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  // A question asked twice of what has not changed has one answer.
  bool Stable = isConst(Method) && (Method->getNumParams() == 0 || !Inputs.empty());
  if (Stable)
    return E.value(Op::Opaque, Inputs, at(Site), text(Site));
  return E.value(Op::Symbol, {}, at(Site), text(Site));
}

/// A member of a class that we know nothing of: what it answers hangs on what was done to it.
std::optional<Operand> FunctionLowering::memberOutOfSight(const Expr &Object) {
  const auto *M = dyn_cast<MemberExpr>(Object.IgnoreParenImpCasts());
  const auto *Field = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
  if (!Field || !Field->getIdentifier() || !form(Field->getType()).is(Form::Nothing))
    return std::nullopt;
  QualType T = M->getBase()->getType();
  if (!form(T->isPointerType() ? T->getPointeeType() : T).is(Form::Record))
    return std::nullopt;
  Operand Owner = M->isArrow() ? value(M->getBase()) : reference(M->getBase());
  return E.value(Op::Address, {Owner}, at(Object), Field->getName());
}

/// Whether nobody can tell if it was evaluated: a variable's value.
static bool isIdle(const Expr &Arg, const ASTContext &Context) {
  return Arg.getType()->isScalarType() && !Arg.HasSideEffects(Context);
}

/// Nothing can be done to it, whoever keeps it. In C it is no constant.
static bool isTextLiteral(const Expr &Arg) {
  return isa<StringLiteral, PredefinedExpr>(Arg.IgnoreParenImpCasts());
}

llvm::SmallVector<Operand, 4> FunctionLowering::keptBy(const FunctionDecl *F,
                                                       ArrayRef<const Expr *> Args) {
  llvm::SmallVector<Operand, 4> Kept;
  for (unsigned I = 0; I < Args.size(); ++I) {
    const Expr &Arg = asItIs(*Args[I]);
    QualType AsGiven = Arg.getType();
    if (!F && Arg.isGLValue()) // A library hands on what it is given, not a copy.
      AsGiven = U.Context.getLValueReferenceType(AsGiven);
    QualType Param = F && I < F->getNumParams() ? F->getParamDecl(I)->getType() : AsGiven;
    // What a constant callable or pointer refers to can be called and changed all the same.
    TypeForm Given = form(Arg.getType());
    bool Carries = Given.is(Form::Callable) || Given.is(Form::Handle) || Given.is(Form::Pointer) ||
                   Given.is(Form::Awaitable);
    // A forwarding or erased parameter may still carry a callable or a handle.
    bool IsErased = form(Param).is(Form::Nothing) && !Given.isObject();
    bool Plain =
        Given.is(Form::Scalar) && !Arg.getType()->isPointerType() && !Param->isReferenceType();
    bool MayBeHandle = U.NumbersAreHandles && Arg.getType()->isSignedIntegerType();
    bool MayKeep = IsErased ? Carries && !Given.is(Form::Awaitable)
                   : Plain  ? MayBeHandle
                            : Carries || escapesThrough(Param) || U.Types.leadsOn(Param);
    if (isTextLiteral(Arg) || (!MayKeep && isIdle(Arg, U.Context)))
      continue;
    Operand Value = IsErased ? value(&Arg) : argument(Arg, Param);
    if (MayKeep &&
        (Value.isSlot() || Value.K == Operand::Kind::Global || Value.K == Operand::Kind::Function))
      Kept.push_back(Value);
  }
  return Kept;
}

static bool isOfStd(const FunctionDecl &F) {
  auto IsLibrary = [](const DeclContext &In) { // libstdc++'s iterators are in the second.
    const auto *Space = dyn_cast<NamespaceDecl>(&In);
    return In.isStdNamespace() || (Space && Space->getIdentifier() && Space->getName() == "__gnu_cxx");
  };
  const DeclContext *In = F.getDeclContext();
  while (In && !IsLibrary(*In))
    In = In->getParent();
  return In;
}

/// About a container or what is like one: what the library does is certain, only not followed.
static bool asksForeign(const FunctionDecl &F, const Expr *Object, ArrayRef<const Expr *> Args,
                        Forms &Types) {
  auto Of = [&](const Expr *Arg) {
    QualType T = Arg->IgnoreParenImpCasts()->getType();
    return Types.of(T->isPointerType() ? T->getPointeeType() : T);
  };
  auto IsForeign = [&](const Expr *Arg) {
    TypeForm Shape = Of(Arg);
    return Shape.isForeign() || (Shape.is(Form::Sequence) && Shape.Row);
  };
  if (isOfStd(F))
    return (Object && IsForeign(Object)) || llvm::any_of(Args, IsForeign);
  // C hands over its object first: g_queue_is_empty(&jobs).
  return F.isExternC() && !Args.empty() && Of(Args[0]).isForeign();
}

/// strtol(word, &end, 10), atoi(word)
static bool convertsText(const FunctionDecl &F) {
  StringRef Name = nameInC(F);
  return isSystem(F) && (Name.starts_with("strto") || Name.starts_with("ato"));
}

/// What it yields hangs on its first argument: std::stoi(line), isdigit(c).
static bool hangsOnArgument(const FunctionDecl &F, ArrayRef<const Expr *> Args, Forms &Types) {
  if (!F.getReturnType()->isArithmeticType() || Args.empty())
    return false;
  if (convertsText(F) || (isOfStd(F) && Types.of(Args[0]->getType()).is(Form::Text)))
    return true;
  bool IsPure = F.hasAttr<PureAttr>() || F.hasAttr<ConstAttr>();
  return IsPure && Args.size() == 1 && Args[0]->getType()->isIntegerType();
}

Operand FunctionLowering::callUnknown(const FunctionDecl *F, const Expr *Object,
                                      ArrayRef<const Expr *> Args, const Expr &Site) {
  Instruction Call;
  Call.Code = Op::Extern;
  Call.At = at(Site);
  Call.Text = F ? F->getNameAsString() : text(Site);
  llvm::SmallVector<Operand, 2> Inputs;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  if (auto Member = Object && Method ? memberOutOfSight(*Object) : std::nullopt) {
    Inputs.push_back(*Member);
    if (!Method->isConst())
      E.act(Op::Extern, {*Member}, at(Site), Call.Text).Flag.set(Flag::Update);
  } else if (Object) {
    QualType T = Object->getType()->isPointerType() ? Object->getType()->getPointeeType()
                                                    : Object->getType();
    // What a string is asked hangs on its characters, not on where they are.
    bool IsText = form(T).is(Form::Text) && isConst(Method) && !Object->getType()->isPointerType();
    Operand Value = IsText || form(T).is(Form::Nothing) ? value(Object) : objectArgument(*Object);
    if (Value.isSlot())
      Inputs.push_back(Value);
    bool MayChange = !isConst(Method) || U.Types.leadsOn(T);
    if (MayChange && (Value.isSlot() || Value.K == Operand::Kind::Global))
      Call.Operands.push_back(Value);
  }
  std::optional<Operand> Asked; // Worked out once, for the answer as for what is kept.
  if (F && !Object && hangsOnArgument(*F, Args, U.Types)) {
    SlotId Once = E.newSlot();
    E.act(Op::Move, {value(Args[0])}, at(*Args[0])).Result = Once;
    Asked = Operand::slot(Once);
    Prepared[Args[0]] = Storage::slot(Once);
  }
  llvm::append_range(Call.Operands, keptBy(F, Args));
  if (Asked)
    Prepared.erase(Args[0]);
  bool Throws = F && U.Throwing(*F), Keeps = !Call.Operands.empty();
  bool IsForeign = F && asksForeign(*F, Object, Args, U.Types);
  if (Keeps || Throws) {
    Call.Flag.set(Flag::Escapes, Keeps).set(Flag::Throws, Throws);
    Call.Flag.set(Flag::Drop, Keeps && F && nameInC(*F) == "free");
    Call.Flag.set(Flag::Foreign, Keeps && (IsForeign || (F && writesText(*F))));
    E.append(std::move(Call));
  }
  if (IsForeign && !Site.getType()->isVoidType())
    return foreignValue(Site);
  if (Asked)
    return E.value(Op::Opaque, {*Asked}, at(Site), text(Site));
  return result(F, Site, Inputs);
}

} // namespace taskleak
