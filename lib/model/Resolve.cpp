// Finding of rows for declarations; see Resolve.h.

#include "model/Resolve.h"

#include "model/Annotation.h"
#include "model/Overload.h"
#include "model/Rows.h"
#include "model/SystemHeader.h"

#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclTemplate.h"

#include "llvm/ADT/SmallVector.h"

#include <deque>

using namespace clang;

namespace taskleak {

using Candidates = std::vector<const CallModel *>;

struct Resolver::State {
  const Model &Rows;
  const ASTContext &Context;
  llvm::DenseMap<const Type *, const TypeModel *> Types;
  llvm::DenseMap<const RecordDecl *, const TypeModel *> Records;
  llvm::DenseMap<std::pair<const FunctionDecl *, const CXXRecordDecl *>, Candidates> Calls;
  std::deque<CallModel> OwnCalls;
  std::deque<TypeModel> OwnTypes;
  std::vector<std::string> Problems;

  State(const Model &Rows, const ASTContext &Context) : Rows(Rows), Context(Context) {}

  const TypeModel *findType(QualType T);
  const TypeModel *record(const RecordDecl &Record);
  const TypeModel *findRecord(const RecordDecl &Record);
  const Candidates &candidates(const FunctionDecl &F, const CXXRecordDecl *Object);
  Candidates find(const FunctionDecl &F, const CXXRecordDecl *Object);
  Candidates member(const CXXMethodDecl &Method, const CXXRecordDecl *Object);
  Candidates memberOf(const CXXMethodDecl &Method, const CXXRecordDecl &Class);
  Candidates overridden(const CXXMethodDecl &Method);
  Candidates plain(const FunctionDecl &F);
  bool isOwn(const FunctionDecl &F) const;
};

/// Has a body outside system headers: it can be read, not only named.
bool Resolver::State::isOwn(const FunctionDecl &F) const {
  const FunctionDecl *Definition = nullptr;
  if (!F.isDefined(Definition))
    return false;
  return !isSystem(*Definition);
}

// Types.

const TypeModel *Resolver::State::findType(QualType T) {
  // Every name on the way counts: pthread_t is a typedef of a number.
  for (;;) {
    T = T.getUnqualifiedType();
    if (std::string Name = aliasName(T); !Name.empty())
      if (const TypeModel *Row = Rows.type(Name))
        return Row;
    QualType Next = T->getLocallyUnqualifiedSingleStepDesugaredType();
    if (Next == T)
      break;
    T = Next;
  }
  const RecordDecl *Record = T->getAsRecordDecl();
  return Record ? record(*Record) : nullptr;
}

const TypeModel *Resolver::State::record(const RecordDecl &Record) {
  const auto *Key = cast<RecordDecl>(Record.getCanonicalDecl());
  auto [At, New] = Records.try_emplace(Key, nullptr);
  if (!New)
    return At->second;
  const TypeModel *Found = findRecord(Record);
  Records[Key] = Found;
  return Found;
}

const TypeModel *Resolver::State::findRecord(const RecordDecl &Record) {
  if (std::optional<TypeModel> Own = annotatedType(Record, Problems))
    return &OwnTypes.emplace_back(std::move(*Own));
  if (const TypeModel *Row = Rows.type(modelName(Record)))
    return Row;
  const auto *Class = dyn_cast<CXXRecordDecl>(&Record);
  Class = Class ? Class->getDefinition() : nullptr;
  // A class with members of its own is more than its base.
  if (!Class || Class->isDependentContext() || !Class->field_empty())
    return nullptr;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const RecordDecl *Of = Base.getType()->getAsRecordDecl())
      if (const TypeModel *Row = record(*Of))
        return Row;
  return nullptr;
}

// Calls.

/// Reads "operator auto" as any conversion.
static const char AnyConversion[] = "operator auto";

Candidates Resolver::State::memberOf(const CXXMethodDecl &Method, const CXXRecordDecl &Class) {
  std::string Of = modelName(Class) + "::";
  std::string Name = isa<CXXConstructorDecl>(Method) ? plainName(Class) : plainName(Method);
  Candidates Found = Rows.calls(Of + Name);
  if (Found.empty() && isa<CXXConversionDecl>(Method))
    Found = Rows.calls(Of + AnyConversion);
  return Found;
}

/// The class and its bases, nearest first.
static void addLineage(const CXXRecordDecl &From,
                       llvm::SmallVectorImpl<const CXXRecordDecl *> &Out) {
  size_t Next = Out.size();
  Out.push_back(&From);
  for (; Next != Out.size(); ++Next) {
    const CXXRecordDecl *Class = Out[Next]->getDefinition();
    if (!Class || Class->isDependentContext())
      continue;
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const CXXRecordDecl *Of = Base.getType()->getAsCXXRecordDecl();
          Of && !llvm::is_contained(Out, Of))
        Out.push_back(Of);
  }
}

Candidates Resolver::State::member(const CXXMethodDecl &Method, const CXXRecordDecl *Object) {
  const CXXRecordDecl &Declaring = *Method.getParent();
  if (Object && !isa<CXXConstructorDecl>(Method)) {
    llvm::SmallVector<const CXXRecordDecl *, 8> Classes;
    addLineage(*Object, Classes);
    for (const CXXRecordDecl *Class : Classes) {
      // Below the class that declares it the name means something else.
      bool Above = Class->getCanonicalDecl() == Declaring.getCanonicalDecl() ||
                   (Class->hasDefinition() && Class->isDerivedFrom(&Declaring));
      if (Candidates Found = Above ? memberOf(Method, *Class) : Candidates(); !Found.empty())
        return Found;
    }
  }
  Candidates Found = memberOf(Method, Declaring);
  return Found.empty() && !isOwn(Method) ? overridden(Method) : Found;
}

/// What an interface says of a method holds for those whose body is out of sight.
Candidates Resolver::State::overridden(const CXXMethodDecl &Method) {
  for (const CXXMethodDecl *Base : Method.overridden_methods())
    if (const Candidates &Found = candidates(*Base->getCanonicalDecl(), nullptr); !Found.empty())
      return Found;
  return {};
}

Candidates Resolver::State::plain(const FunctionDecl &F) {
  std::string Name = modelName(F);
  Candidates Found = Rows.calls(Name);
  // C functions keep their meaning in whichever namespace a header declares them.
  if (Found.empty() && F.isExternC() && F.getIdentifier())
    Found = Rows.calls(Name = F.getName().str());
  bool IsLibrary = F.isExternC() && !isOwn(F);
  if (StringRef(Name).contains("::") || IsLibrary)
    return Found;
  llvm::erase_if(Found, [](const CallModel *Row) { return Row->Shipped; });
  return Found;
}

static bool mayHaveRow(const FunctionDecl &F, const Model &Rows) {
  if (isa<CXXDestructorDecl>(F) || isa<CXXDeductionGuideDecl>(F))
    return false;
  if (const IdentifierInfo *Name = F.getIdentifier())
    return Rows.hasIdentifier(Name->getName());
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F)) {
    const IdentifierInfo *Class = Constructor->getParent()->getIdentifier();
    return Class && Rows.hasIdentifier(Class->getName());
  }
  return isa<CXXConversionDecl>(F) || Rows.hasIdentifier(F.getDeclName().getAsString());
}

Candidates Resolver::State::find(const FunctionDecl &F, const CXXRecordDecl *Object) {
  if (std::optional<CallModel> Own = annotatedCall(F, Problems))
    return {&OwnCalls.emplace_back(std::move(*Own))};
  if (!mayHaveRow(F, Rows))
    return {};
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
    return member(*Method, Object);
  return plain(F);
}

const Candidates &Resolver::State::candidates(const FunctionDecl &F, const CXXRecordDecl *Object) {
  auto [At, New] = Calls.try_emplace({&F, Object});
  if (New) {
    // Asked of a base on the way, the map may have grown meanwhile.
    Candidates Found = find(F, Object);
    return Calls[{&F, Object}] = std::move(Found);
  }
  return At->second;
}

Resolver::Resolver(const Model &Rows, const ASTContext &Context)
    : S(std::make_unique<State>(Rows, Context)) {}
Resolver::~Resolver() = default;

const TypeModel *Resolver::type(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  auto [At, New] = S->Types.try_emplace(T.getTypePtr(), nullptr);
  if (!New)
    return At->second;
  const TypeModel *Found = S->findType(T);
  S->Types[T.getTypePtr()] = Found;
  return Found;
}

ArrayRef<const CallModel *> Resolver::overloads(const FunctionDecl &Callee, QualType ObjectType) {
  const CXXRecordDecl *Object = nullptr;
  if (!ObjectType.isNull() && isa<CXXMethodDecl>(Callee)) {
    ObjectType = ObjectType.getNonReferenceType();
    if (ObjectType->isPointerType())
      ObjectType = ObjectType->getPointeeType();
    Object = ObjectType->getAsCXXRecordDecl();
  }
  return S->candidates(*Callee.getCanonicalDecl(), Object);
}

const CallModel *Resolver::call(const FunctionDecl &Callee, QualType ObjectType,
                                ArrayRef<const Expr *> Args) {
  ArrayRef<const CallModel *> Found = overloads(Callee, ObjectType);
  return Found.empty() ? nullptr
                       : select(Found, Callee, writtenArgs(Callee, Args), S->Rows);
}

std::vector<const CallModel *> Resolver::constructors(const TypeModel &Type) const {
  return S->Rows.calls(Type.Name + "::" + lastPart(Type.Name).str());
}

ArrayRef<std::string> Resolver::problems() const { return S->Problems; }

} // namespace taskleak
