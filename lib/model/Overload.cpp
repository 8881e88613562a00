// Overload selection; see Overload.h.

#include "model/Overload.h"

#include "model/Resolve.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace taskleak {

std::string aliasName(QualType T) {
  if (const auto *Typedef = dyn_cast<TypedefType>(T.getTypePtr()))
    return modelName(*Typedef->getDecl());
  const auto *Special = dyn_cast<TemplateSpecializationType>(T.getTypePtr());
  if (Special && Special->isTypeAlias())
    if (const TemplateDecl *Template = Special->getTemplateName().getAsTemplateDecl())
      return modelName(*Template);
  return "";
}

static bool isRecordCalled(const RecordDecl &Record, StringRef Name, const Model &All) {
  std::string Own = modelName(Record);
  if (Own == Name)
    return true;
  const TypeModel *Row = All.type(Own);
  if (Row && Row == All.type(Name))
    return true;
  const auto *Class = dyn_cast<CXXRecordDecl>(&Record);
  if (!Class || !Class->hasDefinition())
    return false;
  return llvm::any_of(Class->getDefinition()->bases(), [&](const CXXBaseSpecifier &Base) {
    const auto *Of = Base.getType()->getAsCXXRecordDecl();
    return Of && isRecordCalled(*Of, Name, All);
  });
}

bool isCalled(QualType T, StringRef Name, const Model &All) {
  T = T.getNonReferenceType();
  if (Name.ends_with("*")) {
    QualType Pointee = T->getPointeeType();
    return T->isPointerType() && isCalled(Pointee, Name.drop_back().rtrim(), All);
  }
  for (;;) {
    T = T.getUnqualifiedType();
    if (aliasName(T) == Name)
      return true;
    QualType Next = T->getLocallyUnqualifiedSingleStepDesugaredType();
    if (Next == T)
      break;
    T = Next;
  }
  if (const RecordDecl *Record = T->getAsRecordDecl())
    return isRecordCalled(*Record, Name, All);
  if (const auto *Enum = T->getAsEnumDecl())
    return modelName(*Enum) == Name;
  PrintingPolicy Policy{LangOptions()};
  Policy.adjustForCPlusPlus();
  return T->isBuiltinType() && T.getAsString(Policy) == Name;
}

template <typename Typed>
static bool fitsParams(const CallModel &Row, ArrayRef<Typed *> Given, const Model &All) {
  ArrayRef<std::string> Names = Row.Params;
  bool Open = !Names.empty() && Names.back() == "...";
  if (Open)
    Names = Names.drop_back();
  if (Given.size() < Names.size() || (!Open && Given.size() != Names.size()))
    return false;
  for (auto [I, Name] : llvm::enumerate(Names))
    if (Name != "_" && !isCalled(Given[I]->getType(), Name, All))
      return false;
  return true;
}

/// The last parameter that the row reads; -1: none.
static int lastRead(const CallModel &Row) {
  return std::max({Row.Object, Row.Constructs ? -1 : Row.Value, Row.Into, Row.LockParam,
                   Row.Predicate, Row.Timeout, Row.Cancel, Row.Callable, Row.Arg,
                   Row.ExecutorParam, Row.Completion});
}

static bool fits(const CallModel &Row, const FunctionDecl &Callee, unsigned Args,
                 const Model &All) {
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Callee);
  if (Row.Params.empty() && Constructor && Constructor->isCopyOrMoveConstructor())
    return false;
  if (Row.Args && *Row.Args != Args)
    return false;
  if (lastRead(Row) >= int(Callee.getNumParams()) && !Callee.isVariadic())
    return false;
  return Row.Params.empty() || fitsParams(Row, Callee.parameters(), All);
}

bool fitsArguments(const CallModel &Row, ArrayRef<const Expr *> Args, const Model &All) {
  if ((Row.Args && *Row.Args != Args.size()) || lastRead(Row) >= int(Args.size()))
    return false;
  return Row.Params.empty() || fitsParams(Row, Args, All);
}

const CallModel *select(ArrayRef<const CallModel *> Rows, const FunctionDecl &Callee, unsigned Args,
                        const Model &All) {
  for (const CallModel *Row : Rows)
    if (fits(*Row, Callee, Args, All))
      return Row;
  return nullptr;
}

unsigned writtenArgs(const FunctionDecl &Callee, ArrayRef<const Expr *> Args) {
  if (Args.size() < Callee.getMinRequiredArguments())
    return Callee.getNumParams();
  return llvm::count_if(Args, [](const Expr *E) { return E && !isa<CXXDefaultArgExpr>(E); });
}

} // namespace taskleak
