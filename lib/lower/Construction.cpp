// Making values and objects: constructors and initializers.
//   Queue Q;   new "Queue", then its constructor runs on it

#include "lower/FunctionLowering.h"
#include "lower/Initializer.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

const Expr *bareInitializer(const Expr *Init) {
  while (Init) {
    if (const auto *Full = dyn_cast<ExprWithCleanups>(Init))
      Init = Full->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Init))
      Init = Bound->getSubExpr();
    else if (const auto *Parens = dyn_cast<ParenExpr>(Init))
      Init = Parens->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
      Init = Default->getExpr();
    else if (const auto *Functional = dyn_cast<CXXFunctionalCastExpr>(Init);
             Functional && (Functional->getCastKind() == CK_ConstructorConversion ||
                            Functional->getCastKind() == CK_NoOp))
      Init = Functional->getSubExpr();
    else if (const auto *List = dyn_cast<InitListExpr>(Init); List && List->isTransparent())
      Init = List->getInit(0);
    else
      break;
  }
  return Init;
}

Operand FunctionLowering::initialize(QualType T, const Expr *Init, StringRef Name, SourceRange At) {
  TypeForm Shape = form(T);
  if (!Init)
    return makeDefault(T, Shape, Name, At);
  const Expr *Core = bareInitializer(Init);
  if (const auto *C = dyn_cast<CXXConstructExpr>(Core))
    return construct(*C, Name);
  if (const auto *List = dyn_cast<InitListExpr>(Core))
    return initializerList(*List, Name);
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(Core);
      List && Shape.is(Form::Record) && T->getAsRecordDecl())
    return recordFrom(*T->getAsRecordDecl(), List->getInitExprs(), At);
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(Core)) {
    llvm::SaveAndRestore Values(Zeroes, true);
    return Shape.isValue() ? Operand::null() : makeDefault(T, Shape, Name, At);
  }
  if (const auto *Value = dyn_cast<ParenListExpr>(Core); Value && Value->getNumExprs() == 1)
    return initialize(T, Value->getExpr(0), Name, At);
  if (Shape.isObject() && Core->isGLValue())
    return copyOf(*Core, T, false, At);
  if (const Expr *Read = Shape.isObject() ? readInC(*Core) : nullptr)
    return copyOf(*Read, T, false, At);
  return value(Init);
}

Operand FunctionLowering::makeRecord(const RecordDecl &Record, SourceRange At) {
  return E.value(Op::New, {}, at(At), U.record(Record));
}

Operand FunctionLowering::makeObject(const TypeModel &Row, Operand Size, StringRef Name,
                                     SourceRange At) {
  Instruction Make;
  Make.Code = Op::Make;
  Make.Kind = Row.Shape == TypeShape::Executor ? ObjectKind::Counter : Row.Kind;
  Make.Flag = Row.Flag;
  Make.Text = Name.str();
  Make.At = at(At);
  Make.Result = E.newSlot();
  switch (Make.Kind) {
  case ObjectKind::Counter:
  case ObjectKind::Barrier:
    // Without a count of its own it gets one later: sem_init, pthread_barrier_init.
    Make.Operands = {Size.isUnknown() ? Operand::integer(0) : Size};
    break;
  case ObjectKind::Channel:
  case ObjectKind::Timer:
    Make.Operands = {Size};
    break;
  default:
    break;
  }
  SlotId Result = Make.Result;
  E.append(std::move(Make));
  return Operand::slot(Result);
}

Operand FunctionLowering::capacity(const CountSource &Source, ArrayRef<const Expr *> Args,
                                   QualType T) {
  Operand N = Source.Value ? Operand::integer(*Source.Value) : Operand::unknown();
  if (Source.Param >= 0 && size_t(Source.Param) < Args.size())
    N = value(Args[Source.Param]);
  if (Source.TemplateArg >= 0 && !T.isNull())
    if (const auto *Special =
            dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl()))
      if (unsigned(Source.TemplateArg) < Special->getTemplateArgs().size()) {
        const TemplateArgument &A = Special->getTemplateArgs()[Source.TemplateArg];
        if (A.getKind() == TemplateArgument::Integral)
          N = Operand::integer(A.getAsIntegral().getExtValue());
      }
  if (N.K == Operand::Kind::Int)
    N.Number += Source.Offset;
  return N;
}

SourceRange FunctionLowering::rangeOf(const CXXConstructExpr &C) const {
  return Unwritten.isValid() ? Unwritten : C.getSourceRange();
}

/// A std::pair of two values, of another pair, or of defaults.
Operand FunctionLowering::makePair(const RecordDecl &Pair, ArrayRef<const Expr *> Args,
                                   SourceRange At) {
  Operand Made = makeRecord(Pair, At);
  if (Args.size() > 2) { // Piecewise.
    E.act(Op::Escape, {Made}, at(At));
    return Made;
  }
  Operand Other = Args.size() == 1 ? copyOf(*Args[0], Args[0]->getType(), Args[0]->isXValue(), At)
                                   : Operand::unknown();
  const TemplateArgumentList &Types = cast<ClassTemplateSpecializationDecl>(Pair).getTemplateArgs();
  for (unsigned I : {0, 1}) {
    StringRef Name = I == 0 ? "first" : "second";
    QualType T = Types[I].getAsType();
    const Expr *Arg = Args.size() == 2 ? Args[I] : nullptr;
    if (form(T).is(Form::Nothing)) {
      if (Arg)
        value(Arg);
      continue;
    }
    Operand Value = Args.empty()            ? makeDefault(T, form(T), Name, At)
                    : !Arg                  ? E.value(Op::Load, {Other}, at(At), Name)
                    : T->isReferenceType() ? reference(Arg)
                                            : given(*Arg, T, At);
    E.act(Op::Store, {Made, Value}, at(At), Name);
  }
  return Made;
}

Operand FunctionLowering::construct(const CXXConstructExpr &C, StringRef Name) {
  QualType T = C.getType();
  TypeForm Shape = form(T);
  const CXXConstructorDecl &Constructor = *C.getConstructor();
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (T->isArrayType())
    return makeDefault(T, Shape, Name, rangeOf(C));
  if (Shape.Row && !Shape.is(Form::Nothing))
    return constructModelled(C, Shape, Name);
  if (Shape.is(Form::Callable) && C.getNumArgs() == 1)
    return callable(C.getArg(0));
  // What has calls but is no object of its own, a socket, may still say what its making does.
  if (Shape.Row)
    if (const CallModel *Row = U.Rows.call(Constructor, T, Args);
        Row && Row->Role == CallRole::Ignore)
      return modelled({*Row, C, Constructor, nullptr, Args});
  if (!Shape.is(Form::Record)) {
    if (C.getNumArgs() == 1 && Constructor.isCopyOrMoveConstructor() && Shape.isValue())
      return value(C.getArg(0));
    return callUnknown(&Constructor, nullptr, Args, C);
  }
  if (Constructor.isCopyOrMoveConstructor() && !Constructor.isUserProvided())
    return copyOf(*C.getArg(0), T, Constructor.isMoveConstructor(), rangeOf(C));
  if (isPair(*Constructor.getParent()))
    return makePair(*Constructor.getParent(), Args, rangeOf(C));
  Operand Object = makeRecord(*Constructor.getParent(), rangeOf(C));
  runConstructor(C, Object);
  return Object;
}

Operand FunctionLowering::initializerList(const InitListExpr &List, StringRef Name) {
  const InitListExpr &Semantic =
      List.isSemanticForm() || !List.getSemanticForm() ? List : *List.getSemanticForm();
  QualType T = Semantic.getType();
  TypeForm Shape = form(T);
  SourceRange Here = Semantic.getSourceRange();
  if (Shape.is(Form::Sequence)) {
    // A std::array is around an array of C's.
    if (T->isRecordType() && Semantic.getNumInits() == 1)
      if (const Expr *Inner = Semantic.getInit(0); Inner->getType()->isArrayType())
        return initialize(Inner->getType(), Inner, Name, Here);
    Operand Sequence = E.value(Op::Sequence, {}, at(Here), Name);
    QualType Element = Forms::element(T);
    for (const Expr *Init : Semantic.inits())
      E.act(Op::Append, {Sequence, initialize(Element, Init, Name, Init->getSourceRange())},
            at(*Init));
    llvm::SaveAndRestore Rest(Zeroes, true);
    return fillArray(T, Sequence, Semantic.getNumInits(), Semantic.getArrayFiller(), Name, Here);
  }
  const RecordDecl *Record = T->getAsRecordDecl();
  if (!Shape.is(Form::Record) || !Record || !Record->getDefinition()) {
    Operand Only = Operand::null();
    for (const Expr *Init : Semantic.inits())
      Only = value(Init);
    // C's static initialisers of library objects: PTHREAD_MUTEX_INITIALIZER.
    if (Shape.isObject())
      return makeDefault(T, Shape, Name, Here);
    return Semantic.getNumInits() == 1 && Shape.isValue() ? Only
           : Semantic.getNumInits() == 0                  ? Operand::null()
                                                          : Operand::unknown();
  }
  return recordFrom(*Record, Semantic.inits(), Here);
}

Operand FunctionLowering::recordFrom(const RecordDecl &Record, Exprs Inits, SourceRange Here) {
  Operand Object = makeRecord(Record, Here);
  Storage Outside = This;
  unsigned Next = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record))
    Next = Class->getNumBases();
  // Which of its bases is called is not followed: overloaded{[&](Data) {}, [&](Stop) {}}.
  for (const Expr *Base : Inits.take_front(Next))
    if (form(Base->getType()).is(Form::Callable))
      E.act(Op::Escape, {value(Base)}, at(*Base));
  for (const FieldDecl *Field : Record.getDefinition()->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    const Expr *Init = Next < Inits.size() ? Inits[Next] : nullptr;
    ++Next;
    TypeForm Inner = form(Field->getType());
    if (Inner.is(Form::Nothing)) {
      if (Init)
        value(Init);
      continue;
    }
    // Only what the class itself says of a member can speak of its other members.
    This = isa_and_nonnull<CXXDefaultInitExpr>(Init) ? Storage::object(Object) : Outside;
    Operand Value = Init && Field->getType()->isReferenceType()
                        ? reference(Init)
                        : initialize(Field->getType(), Init, Field->getName(), Here);
    E.act(Op::Store, {Object, Value}, at(Init ? Init->getSourceRange() : Here), Field->getName());
  }
  This = Outside;
  return Object;
}

} // namespace taskleak
