// Making values and objects: constructors and initializers.
//   Queue Q;   new "Queue", then its constructor runs on it

#include "lower/FunctionLowering.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

static const Expr *bare(const Expr *Init) {
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
  const Expr *Core = bare(Init);
  if (const auto *C = dyn_cast<CXXConstructExpr>(Core))
    return construct(*C, Name);
  if (const auto *List = dyn_cast<InitListExpr>(Core))
    return initializerList(*List, Name);
  if (const auto *Value = dyn_cast<ParenListExpr>(Core); Value && Value->getNumExprs() == 1)
    return initialize(T, Value->getExpr(0), Name, At);
  if (Shape.isObject() && Core->isGLValue())
    return copyOf(*Core, T, false, At);
  return value(Init);
}

Operand FunctionLowering::makeRecord(const RecordDecl &Record, SourceRange At) {
  return E.value(Op::New, {}, at(At), U.record(Record));
}

Operand FunctionLowering::makeDefault(QualType T, const TypeForm &Shape, StringRef Name,
                                      SourceRange At) {
  if (Shape.is(Form::Handle))
    for (const CallModel *Row : U.constructors(*Shape.Row))
      if (Row->Role == CallRole::Make && Row->Args.value_or(0) == 0 && Row->Params.empty())
        return makeObject(*Shape.Row, capacity(Row->Count, {}, T), Name, At); // A promise.
  if (Shape.isValue())
    return Shape.is(Form::Scalar) || Shape.is(Form::Nothing) ? Operand::unknown() : Operand::null();
  switch (Shape.F) {
  case Form::Sequence: {
    Operand Sequence = E.value(Op::Sequence, {}, at(At), Name);
    const auto *Array = dyn_cast_or_null<ConstantArrayType>(T->getAsArrayTypeUnsafe());
    uint64_t Size = Array ? Array->getZExtSize() : 0;
    TypeForm Element = Array ? form(Array->getElementType()) : TypeForm{};
    for (uint64_t I = 0; I < Size && Size <= 16 && !Element.is(Form::Nothing); ++I)
      E.act(Op::Append, {Sequence, makeDefault(Array->getElementType(), Element, Name, At)},
            at(At));
    return Sequence;
  }
  case Form::Guard:
  case Form::Cleanup: {
    Operand Guard = E.value(Op::New, {}, at(At), Shape.is(Form::Guard) ? "guard" : "cleanup");
    if (Shape.is(Form::Guard))
      E.act(Op::Store, {Guard, Operand::integer(0)}, at(At), "owns");
    E.act(Op::Store, {Guard, Operand::null()}, at(At), Shape.is(Form::Guard) ? "lock" : "run");
    return Guard;
  }
  case Form::Atomic:
    return E.value(Op::Cell, {Operand::integer(0)}, at(At), Name);
  case Form::Object:
  case Form::Executor:
    return makeObject(*Shape.Row, capacity(Shape.Row->Capacity, {}, T), Name, At);
  case Form::Record: {
    const RecordDecl *Record = T->getAsRecordDecl();
    if (!Record || !Record->getDefinition())
      return Operand::unknown();
    Operand Object = makeRecord(*Record, At);
    defaultFields(*Record->getDefinition(), Object, At);
    return Object;
  }
  default:
    return Operand::unknown();
  }
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

void FunctionLowering::defaultFields(const RecordDecl &Record, Operand Object, SourceRange At) {
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record))
    for (const CXXBaseSpecifier &Parent : Class->bases())
      if (const auto *R = Parent.getType()->getAsCXXRecordDecl(); R && R->hasDefinition())
        defaultFields(*R->getDefinition(), Object, At);
  for (const FieldDecl *Field : Record.fields()) {
    TypeForm Shape = form(Field->getType());
    if (Field->getType()->isReferenceType() || Shape.is(Form::Nothing))
      continue;
    if (Shape.is(Form::Scalar) && !Field->getInClassInitializer())
      continue;
    Operand Value = initialize(Field->getType(), Field->getInClassInitializer(), Field->getName(),
                               Field->getLocation());
    E.act(Op::Store, {Object, Value}, at(Field->getLocation()), Field->getName());
  }
}

/// A base whose constructor is not to be seen: it may do anything to the object, unless
/// the compiler wrote it.
void FunctionLowering::constructOutOfSight(const CXXConstructExpr &C) {
  const CXXConstructorDecl &Constructor = *C.getConstructor();
  if (Constructor.isUserProvided())
    E.act(Op::Escape, {This.Where}, at(C));
  else
    defaultFields(*Constructor.getParent(), This.Where, C.getSourceRange());
}

void FunctionLowering::constructorInitializers(const CXXConstructorDecl &Constructor) {
  llvm::SmallPtrSet<const FieldDecl *, 8> Done;
  for (const CXXCtorInitializer *Init : Constructor.inits()) {
    size_t Depth = E.depth();
    const Expr *Value = bare(Init->getInit());
    if (Init->isDelegatingInitializer() || Init->isBaseInitializer()) {
      // A base's constructor works on the same object.
      const auto *C = dyn_cast<CXXConstructExpr>(Value);
      if (C && form(C->getType()).is(Form::Record) && !U.isOwn(*C->getConstructor()))
        constructOutOfSight(*C);
      else if (C && form(C->getType()).is(Form::Record))
        callOwn(*C->getConstructor(), This.Where, false,
                llvm::ArrayRef(C->getArgs(), C->getNumArgs()), *C);
    } else if (const FieldDecl *Field = Init->getAnyMember()) {
      Done.insert(Field);
      TypeForm Shape = form(Field->getType());
      if (Shape.is(Form::Nothing)) {
        discard(Init->getInit());
      } else {
        SourceRange Here =
            Init->isWritten() ? Init->getSourceRange() : SourceRange(Field->getLocation());
        llvm::SaveAndRestore Place(Unwritten,
                                   isa<CXXConstructExpr>(Init->getInit()) ? Here : SourceRange());
        bool NoInit = isa<CXXConstructExpr>(Value) && !Init->isWritten() && Shape.is(Form::Scalar);
        Operand V = Field->getType()->isReferenceType() ? reference(Init->getInit())
                    : NoInit
                        ? Operand::unknown()
                        : initialize(Field->getType(), Init->getInit(), Field->getName(), Here);
        E.act(Op::Store, {This.Where, V}, at(Here), Field->getName());
      }
    }
    E.popTo(Depth);
  }
  // Members of C types have no initializer at all.
  for (const FieldDecl *Field : Constructor.getParent()->fields())
    if (!Done.count(Field) && !Field->getType()->isReferenceType() &&
        form(Field->getType()).isObject() && !Constructor.isDelegatingConstructor())
      E.act(Op::Store,
            {This.Where, makeDefault(Field->getType(), form(Field->getType()), Field->getName(),
                                     Field->getLocation())},
            at(Field->getLocation()), Field->getName());
}

SourceRange FunctionLowering::rangeOf(const CXXConstructExpr &C) const {
  return Unwritten.isValid() ? Unwritten : C.getSourceRange();
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
  if (!Shape.is(Form::Record)) {
    if (C.getNumArgs() == 1 && Constructor.isCopyOrMoveConstructor() && Shape.isValue())
      return value(C.getArg(0));
    return callUnknown(&Constructor, nullptr, Args, C);
  }
  if (Constructor.isCopyOrMoveConstructor() && !Constructor.isUserProvided())
    return copyOf(*C.getArg(0), T, Constructor.isMoveConstructor(), rangeOf(C));
  Operand Object = makeRecord(*Constructor.getParent(), rangeOf(C));
  const FunctionDecl *Definition = nullptr;
  if (Constructor.hasBody(Definition) && U.isOwn(Constructor))
    callOwn(Constructor, Object, false, Args, C);
  else if (Constructor.isUserProvided())
    E.act(Op::Escape, {Object},
          at(C)); // Its body is out of sight: so is what it does to the members.
  else
    defaultFields(*Constructor.getParent(), Object, rangeOf(C));
  return Object;
}

Operand FunctionLowering::initializerList(const InitListExpr &List, StringRef Name) {
  const InitListExpr &Semantic =
      List.isSemanticForm() || !List.getSemanticForm() ? List : *List.getSemanticForm();
  QualType T = Semantic.getType();
  TypeForm Shape = form(T);
  SourceRange Here = Semantic.getSourceRange();
  if (Shape.is(Form::Sequence)) {
    Operand Sequence = E.value(Op::Sequence, {}, at(Here), Name);
    QualType Element = Forms::element(T);
    for (const Expr *Init : Semantic.inits())
      E.act(Op::Append, {Sequence, initialize(Element, Init, Name, Init->getSourceRange())},
            at(*Init));
    return Sequence;
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
  Operand Object = makeRecord(*Record, Here);
  unsigned Next = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    Next = Class->getNumBases();
  for (const FieldDecl *Field : Record->getDefinition()->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    const Expr *Init = Next < Semantic.getNumInits() ? Semantic.getInit(Next) : nullptr;
    ++Next;
    TypeForm Inner = form(Field->getType());
    if (Inner.is(Form::Nothing)) {
      if (Init)
        value(Init);
      continue;
    }
    Operand Value = Init && Field->getType()->isReferenceType()
                        ? reference(Init)
                        : initialize(Field->getType(), Init, Field->getName(), Here);
    E.act(Op::Store, {Object, Value}, at(Init ? Init->getSourceRange() : Here), Field->getName());
  }
  return Object;
}

} // namespace taskleak
