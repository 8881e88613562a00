// How others can use the classes that the main file has a part of: constructors,
// public methods, destructor. Only of classes whose data nobody else can touch, with
// all bodies in sight that could wake anybody.
//   class Pool { public: Pool(); ~Pool(); void submit(Job); private: std::mutex m_; ... };

#include "lower/FunctionLowering.h"

#include "clang/AST/DeclTemplate.h"

#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace taskleak {

namespace {

/// More public methods are not looked at: such a class is not judged by itself.
constexpr size_t MostCalls = 40;

/// Whether it does with an object what others cannot: what a static function hands out may, too.
///   static std::function<void()> canceller(Context &C) { return [&C] { C.cancel(); }; }
bool reachesInside(const Stmt &S) {
  const auto *Member = dyn_cast<MemberExpr>(&S);
  if (Member && Member->getMemberDecl()->getAccess() != AS_public)
    return true;
  return llvm::any_of(S.children(), // A lambda's body is one of them.
                      [](const Stmt *Part) { return Part && reachesInside(*Part); });
}

class UseOfClass {
  UnitLowering &U;
  const CXXRecordDecl &Class;
  ClassUse Use;
  llvm::SmallPtrSet<const CXXMethodDecl *, 8> Overridden;
  std::vector<std::pair<FunctionId, const FunctionDecl *>> &Named;

  void add(std::vector<FunctionId> &To, const FunctionDecl &F) {
    To.push_back(U.function(F));
    Named.push_back({To.back(), &F});
  }

public:
  UseOfClass(UnitLowering &U, const CXXRecordDecl &Class,
             std::vector<std::pair<FunctionId, const FunctionDecl *>> &Named)
      : U(U), Class(Class), Named(Named) {}

  /// No makers if it is not to be used.
  ClassUse find() {
    QualType T = U.Context.getCanonicalTagType(&Class);
    bool Matters = false;
    if (Class.isAbstract() || isMeantAsBase() || Class.isUnion() || Class.isLambda() ||
        Class.hasFriends() || !U.Types.of(T).is(Form::Record) || !isClosed(Class, Matters) ||
        !Matters)
      return {};
    if (!addEnder(T) || !addCalls(Class) || Use.Calls.size() > MostCalls || !addMakers())
      return {};
    noteHidden();
    Use.Open |= llvm::any_of(Class.methods(), [](const CXXMethodDecl *M) {
      return M->isStatic() && M->hasBody() && reachesInside(*M->getBody());
    });
    return std::move(Use);
  }

  std::vector<FunctionId> Hidden; ///< Methods that only the class itself can call.

private:
  /// Others are to fill in what it does.
  bool isMeantAsBase() const {
    return !Class.isEffectivelyFinal() && llvm::any_of(Class.methods(), [](const CXXMethodDecl *M) {
      return M->isVirtual() && !isa<CXXDestructorDecl>(M) && M->size_overridden_methods() == 0;
    });
  }

  /// Nobody else can reach its data. \p Matters if tasks may wait for some of it.
  bool isClosed(const CXXRecordDecl &R, bool &Matters) {
    for (const FieldDecl *Field : R.fields()) {
      TypeForm Shape = U.Types.of(Field->getType());
      bool IsPlain = Shape.is(Form::Nothing) || Shape.is(Form::Scalar) || Shape.is(Form::Callable);
      Matters |= !IsPlain;
      if (Field->getAccess() == AS_public && !Shape.is(Form::Nothing) &&
          !Field->getType().isConstQualified())
        return false;
    }
    for (const CXXBaseSpecifier &Base : R.bases()) {
      const auto *Parent = Base.getType()->getAsCXXRecordDecl();
      if (!Parent || !Parent->hasDefinition())
        return false;
      Parent = Parent->getDefinition();
      if (Parent->isEmpty())
        continue;
      if (isSystem(*Parent) || Parent->hasFriends() || !isClosed(*Parent, Matters))
        return false;
    }
    return true;
  }

  bool addEnder(QualType T) {
    if (const CXXDestructorDecl *D = Class.getDestructor())
      if (D->isDeleted() || D->getAccess() != AS_public || (D->isUserProvided() && !U.isOwn(*D)))
        return false;
    Use.Ender = U.destructor(T);
    return true;
  }

  bool addMakers() {
    for (const CXXConstructorDecl *C : Class.ctors()) {
      if (C->isDeleted() || C->getAccess() != AS_public || C->isCopyOrMoveConstructor() ||
          !C->isUserProvided())
        continue;
      if (U.isOwn(*C))
        add(Use.Makers, *C);
    }
    auto IsDeletedDefault = [](const CXXConstructorDecl *C) {
      return C->isDefaultConstructor() && C->isDeleted();
    };
    if (Class.hasDefaultConstructor() && !Class.hasUserProvidedDefaultConstructor() &&
        llvm::none_of(Class.ctors(), IsDeletedDefault) && Class.getNumBases() == 0)
      Use.Makers.push_back(defaultConstructor());
    return !Use.Makers.empty();
  }

  FunctionId defaultConstructor() {
    QualType T = U.Context.getCanonicalTagType(&Class);
    std::string Name = Class.getQualifiedNameAsString() + "::" + Class.getNameAsString();
    return U.synthesize("make " + T.getAsString(), Name, [this_ = &U, R = &Class](Function Start) {
      Start.At = this_->place(R->getLocation());
      return FunctionLowering(*this_, std::move(Start)).lowerDefaultConstructor(*R);
    });
  }

  /// False if some method is out of sight that may do anything.
  bool addCalls(const CXXRecordDecl &R) {
    for (const Decl *D : R.decls()) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
      if (Template && D->getAccess() == AS_public)
        addInstance(*Template);
      const auto *M = dyn_cast<CXXMethodDecl>(D);
      if (M && M->getAccess() == AS_public && !addCall(*M))
        return false;
    }
    for (const CXXBaseSpecifier &Base : R.bases()) {
      const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl()->getDefinition();
      if (Base.getAccessSpecifier() == AS_public && !Parent->isEmpty() && !addCalls(*Parent))
        return false;
    }
    return true;
  }

  /// One instance stands for all; without any there is more than is in sight.
  void addInstance(const FunctionTemplateDecl &Template) {
    if (isa<CXXConstructorDecl>(Template.getTemplatedDecl()))
      return;
    for (const FunctionDecl *F : Template.specializations())
      if (const auto *M = dyn_cast<CXXMethodDecl>(F); M && M->isInstance() && U.isOwn(*M))
        return add(Use.Calls, *M);
    Use.Open = true;
  }

  /// Called by nobody in sight, it is called by somebody out of sight.
  void noteHidden() {
    for (const CXXMethodDecl *M : Class.methods())
      if (M->getAccess() != AS_public && M->isUserProvided() && U.isOwn(*M) &&
          !isa<CXXConstructorDecl, CXXDestructorDecl>(M))
        Hidden.push_back(U.function(*M));
  }

  bool addCall(const CXXMethodDecl &M) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(M) || M.isStatic() || M.isDeleted() ||
        !M.isUserProvided() || M.isCopyAssignmentOperator() || M.isMoveAssignmentOperator() ||
        Overridden.count(M.getCanonicalDecl()))
      return true;
    for (const CXXMethodDecl *Base : M.overridden_methods())
      Overridden.insert(Base->getCanonicalDecl());
    const FunctionDecl *Definition = nullptr;
    if (!U.isOwn(M) || !M.hasBody(Definition))
      return M.isConst();
    if (isCoroutine(*Definition))
      Use.Open = true;
    else
      add(Use.Calls, *Definition);
    return true;
  }
};

} // namespace

Function FunctionLowering::lowerDefaultConstructor(const CXXRecordDecl &Record) {
  This = Storage::object(Operand::slot(E.newSlot("this")));
  defaultFields(Record, This.Where, Record.getLocation());
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Params = 1;
  return Fn;
}

bool isNumber(QualType T) {
  return T->isIntegerType() && !T->isBooleanType() && !T->isEnumeralType();
}

ClassUse &UnitLowering::useOf(const RecordDecl &Record) {
  std::string Name = record(Record);
  return llvm::find_if(unit().Records, [&](const RecordType &R) { return R.Name == Name; })->Use;
}

void UnitLowering::addClassUses() {
  std::vector<std::pair<FunctionId, const FunctionDecl *>> Named;
  std::vector<std::pair<const CXXRecordDecl *, std::vector<FunctionId>>> Hidden;
  for (const CXXRecordDecl *Class : ClassesInSight) {
    UseOfClass Finder(*this, *Class, Named);
    ClassUse Use = Finder.find();
    if (Use.Makers.empty())
      continue;
    Hidden.push_back({Class, std::move(Finder.Hidden)});
    useOf(*Class) = std::move(Use);
  }
  drain();
  for (const auto &[Class, Methods] : Hidden)
    if (llvm::any_of(Methods, [&](FunctionId F) { return !body(F).Called; }))
      useOf(*Class).Open = true;
  for (auto [Id, F] : Named)
    for (unsigned P = 0; P < F->getNumParams(); ++P)
      if (P + 1 < body(Id).Slots.size() && isNumber(F->getParamDecl(P)->getType()))
        body(Id).Slots[P + 1].IsNumber = true;
  addStructUses();
}

} // namespace taskleak
