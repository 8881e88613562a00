// Constructors as they run: bases and members in their order, a base's on the same
// object, and what is to be feared of one that is out of sight.
//   Queue() : capacity_(4) {}   store "capacity_"

#include "lower/Initializer.h"
#include "lower/TaskLowering.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

void FunctionLowering::runConstructor(const CXXConstructExpr &C, Operand Object) {
  const CXXConstructorDecl &Constructor = *C.getConstructor();
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (U.isOwn(Constructor) && !Constructor.isInheritingConstructor())
    callOwn(Constructor, Object, nullptr, Args, C);
  else if (const CallModel *Row = U.Rows.call(Constructor, C.getType(), Args))
    TaskLowering(*this).makePart({*Row, C, Constructor, nullptr, Args}, Object);
  else if (Constructor.isUserProvided() || Constructor.isInheritingConstructor())
    constructElsewhere(Object, &Constructor, Args, C);
  else {
    llvm::SaveAndRestore Values(Zeroes, Zeroes || C.requiresZeroInitialization());
    defaultFields(*Constructor.getParent(), Object, rangeOf(C));
  }
}

/// A constructor whose body is out of sight: it may do anything to the object and its
/// arguments, and hold on to them.
void FunctionLowering::constructElsewhere(Operand Object, const CXXConstructorDecl *Constructor,
                                          ArrayRef<const Expr *> Args, const Expr &Site) {
  for (Operand Kept : keptBy(Constructor, Args))
    E.act(Op::Escape, {Kept}, at(Site));
  E.act(Op::Escape, {Object}, at(Site));
}

/// The user's constructor that takes these arguments, if there is no doubt.
static const CXXConstructorDecl *constructorFor(const CXXRecordDecl &Record,
                                                ArrayRef<const Expr *> Args, UnitLowering &U) {
  const CXXConstructorDecl *Only = nullptr;
  for (const CXXConstructorDecl *Constructor : Record.ctors()) {
    if (Constructor->isCopyOrMoveConstructor() || Constructor->isDeleted() ||
        Constructor->getMinRequiredArguments() > Args.size() ||
        Constructor->getNumParams() < Args.size() || !U.isOwn(*Constructor))
      continue;
    if (Only)
      return nullptr; // Which one is the compiler's business.
    Only = Constructor;
  }
  return Only;
}

/// What a library makes of the arguments that it was given: make_unique<Job>(Id, true).
void FunctionLowering::constructFrom(const CXXRecordDecl &Record, Operand Made,
                                     ArrayRef<const Expr *> Args, const Expr &Site) {
  if (const CXXConstructorDecl *Constructor = constructorFor(Record, Args, U)) {
    callOwn(*Constructor, Made, nullptr, Args, Site);
  } else if (Args.empty() && !Record.hasUserProvidedDefaultConstructor()) {
    defaultFields(Record, Made, Site.getSourceRange());
  } else if (Record.isAggregate() && Record.getNumBases() == 0) {
    defaultFields(Record, Made, Site.getSourceRange());
    for (auto [Field, Arg] : llvm::zip(Record.fields(), Args))
      if (!form(Field->getType()).is(Form::Nothing))
        E.act(Op::Store, {Made, argument(*Arg, Field->getType())}, at(Site), Field->getName());
      else
        value(Arg);
  } else {
    constructElsewhere(Made, nullptr, Args, Site);
  }
}

void FunctionLowering::constructorInitializers(const CXXConstructorDecl &Constructor) {
  llvm::SmallPtrSet<const FieldDecl *, 8> Done;
  for (const CXXCtorInitializer *Init : Constructor.inits()) {
    size_t Depth = E.depth();
    const Expr *Value = bareInitializer(Init->getInit());
    if (Init->isDelegatingInitializer() || Init->isBaseInitializer()) {
      // A base's constructor works on the same object.
      const auto *C = dyn_cast<CXXConstructExpr>(Value);
      if (C && form(C->getType()).is(Form::Record))
        runConstructor(*C, This.Where);
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

} // namespace taskleak
