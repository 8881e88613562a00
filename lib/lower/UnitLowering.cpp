// The unit's numbers and the work list; see UnitLowering.h.

#include "lower/UnitLowering.h"

#include "lower/CoroutineLowering.h"
#include "lower/Prefilter.h"
#include "lower/TaskReach.h"
#include "model/Overload.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace taskleak {

UnitLowering::UnitLowering(ASTContext &Context, const Model &Rows, uint8_t Mentioned,
                           const LowerOptions &Options)
    : Context(Context), Rows(Rows, Context), Types(this->Rows), Throwing(this->Rows),
      NumbersAreHandles(Mentioned & MentionsDescriptors),
      LetsTasksGo(Mentioned & MentionsLettingGo), CancelsTasks(Mentioned & MentionsCancelOfTasks),
      ReordersTasks(Mentioned & MentionsReordering), Source(Rows), Options(Options),
      Reach(Options.Everything ? nullptr : std::make_unique<TaskReach>(*this)) {}

UnitLowering::~UnitLowering() = default;

bool UnitLowering::fits(const CallModel &Row, ArrayRef<const Expr *> Args) const {
  return fitsArguments(Row, Args, Source);
}

std::vector<const CallModel *> UnitLowering::constructors(const TypeModel &Type) const {
  StringRef Last = StringRef(Type.Name).rsplit("::").second;
  return Source.calls(Type.Name + "::" + (Last.empty() ? Type.Name : Last.str()));
}

Lowered UnitLowering::run() {
  const SourceManager &Sources = Context.getSourceManager();
  Files[Sources.getMainFileID()] = 0;
  if (auto Entry = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    unit().Files.push_back(Entry->getName().str());
  else
    unit().Files.push_back("<input>");
  unit().MainFile = unit().Files[0];
  collect();
  lookAtDefined();
  lowerDefined();
  drain();
  lowerSharers();
  addClassUses();
  Result.Problems = Rows.problems().vec();
  return std::move(Result);
}

void UnitLowering::drain() {
  while (!Pending.empty()) {
    if (unit().Functions.size() > Options.Functions) {
      Result.OverBudget = true;
      return;
    }
    Work Next = std::move(Pending.front());
    Pending.pop_front();
    Function Filled = Next.Fill(body(Next.Id));
    // `Called` may have been set meanwhile, by the body itself.
    Filled.Called = body(Next.Id).Called;
    body(Next.Id) = std::move(Filled);
  }
}

FunctionId UnitLowering::add(Function Start, llvm::unique_function<Function(Function)> Fill) {
  FunctionId Id = unit().Functions.size();
  unit().Functions.push_back(std::move(Start));
  Pending.push_back({Id, std::move(Fill)});
  return Id;
}

/// A body that is in sight, but was not needed so far.
void UnitLowering::instantiate(const FunctionDecl &F) const {
  const FunctionDecl *Pattern = F.hasBody() ? nullptr : F.getTemplateInstantiationPattern();
  if (Options.Instantiate && Pattern && Pattern->hasBody() && !isSystem(*Pattern) &&
      !F.isDependentContext() && !F.isDeleted() && !F.isInvalidDecl())
    Options.Instantiate(const_cast<FunctionDecl &>(F));
}

void UnitLowering::instantiate(const FieldDecl &WithDefault) const {
  if (Options.Instantiate && !WithDefault.getParent()->isDependentContext() &&
      !isSystem(WithDefault))
    Options.Instantiate(const_cast<FieldDecl &>(WithDefault));
}

bool UnitLowering::isOwn(const FunctionDecl &F) const {
  const FunctionDecl *Definition = nullptr;
  instantiate(F);
  return F.hasBody(Definition) && !Definition->isDependentContext() && !isSystem(*Definition) &&
         !Definition->isInvalidDecl();
}

static std::string keyOf(const FunctionDecl &F) {
  llvm::SmallString<128> Key;
  return index::generateUSRForDecl(&F, Key) ? "" : Key.str().str();
}

std::string UnitLowering::qualifiedName(const FunctionDecl &F) {
  auto [Scope, New] = Scopes.try_emplace(F.getDeclContext());
  if (New) {
    llvm::raw_string_ostream Out(Scope->second);
    F.printNestedNameSpecifier(Out);
  }
  return Scope->second + F.getNameAsString();
}

bool UnitLowering::isPlainNumber(QualType T) {
  return !NumbersAreHandles && isNumber(T) && Types.of(T).is(Form::Scalar);
}

Function UnitLowering::startOf(const FunctionDecl &F) {
  Function Start;
  Start.Name = qualifiedName(F);
  if (Options.Everything)
    Start.Key = keyOf(F);
  const auto *Type = F.getType()->getAs<FunctionProtoType>();
  Start.NoExcept = Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
                   Type->isNothrow() && F.getASTContext().getLangOpts().CPlusPlus;
  Start.YieldsNumber = isPlainNumber(F.getReturnType());
  Start.IsMain = F.isMain();
  // Of a template each unit makes its own functions, and looks at them itself.
  bool IsOfTemplate = F.getTemplateSpecializationKind() == TSK_ImplicitInstantiation;
  Start.InternalOnly = (!F.isExternallyVisible() || IsOfTemplate) && !F.isMain();
  Start.Coroutine = isCoroutine(F);
  return Start;
}

FunctionId UnitLowering::function(const FunctionDecl &F) {
  if (!isOwn(F))
    return NoId;
  const FunctionDecl *Definition = nullptr;
  F.hasBody(Definition);
  auto [Entry, New] = Functions.try_emplace(Definition->getCanonicalDecl(), NoId);
  if (!New)
    return Entry->second;
  Function Start = startOf(*Definition);
  Start.At = place(Definition->getLocation());
  FunctionId Id = add(std::move(Start), [this, Definition](Function Start) {
    if (CoroutineLowering::isFollowed(*Definition, *this))
      return CoroutineLowering::lowerCall(*Definition, nullptr, *this, std::move(Start));
    return FunctionLowering(*this, std::move(Start)).lowerFunction(*Definition);
  });
  Functions[Definition->getCanonicalDecl()] = Id;
  return Id;
}

static const CXXMethodDecl *instantiatedOperator(const LambdaExpr &Lambda) {
  const CXXMethodDecl *Operator = Lambda.getCallOperator();
  FunctionTemplateDecl *Template = Lambda.getLambdaClass()->getDependentLambdaCallOperator();
  if (!Template)
    return Operator;
  for (const FunctionDecl *Instance : Template->specializations())
    if (Instance->hasBody() && !Instance->isDependentContext())
      return cast<CXXMethodDecl>(Instance);
  return nullptr;
}

FunctionId UnitLowering::lambda(const LambdaExpr &Lambda, StringRef Within,
                                const CXXMethodDecl *Operator) {
  if (!Operator)
    Operator = instantiatedOperator(Lambda);
  if (!Operator || !Operator->hasBody() || Operator->isDependentContext())
    return NoId;
  auto [Entry, New] = Functions.try_emplace(Operator->getCanonicalDecl(), NoId);
  if (!New)
    return Entry->second;
  Function Start = startOf(*Operator);
  Start.Name = ("lambda in " + Within).str();
  Start.At = place(Lambda.getIntroducerRange());
  Start.InternalOnly = true;
  FunctionId Id = add(std::move(Start), [this, &Lambda, Operator](Function Start) {
    if (CoroutineLowering::isFollowed(*Operator, *this))
      return CoroutineLowering::lowerCall(*Operator, &Lambda, *this, std::move(Start));
    return FunctionLowering(*this, std::move(Start)).lowerLambda(Lambda, *Operator);
  });
  body(Id).Called = true;
  Functions[Operator->getCanonicalDecl()] = Id;
  return Id;
}

FunctionId UnitLowering::synthesize(StringRef Key, StringRef Name,
                                    llvm::unique_function<Function(Function)> Fill) {
  auto [Entry, New] = Synthesized.try_emplace(Key, NoId);
  if (!New)
    return Entry->second;
  Function Start;
  Start.Name = Name.str();
  Start.Key = Key.str();
  Start.InternalOnly = true;
  Start.Called = true;
  FunctionId Id = add(std::move(Start), std::move(Fill));
  Synthesized[Key] = Id;
  return Id;
}

FunctionId UnitLowering::destructor(QualType T) {
  T = T.getNonReferenceType().getUnqualifiedType();
  if (!needsDestruction(T))
    return NoId;
  std::string Name = T.getAsString(Context.getPrintingPolicy());
  return synthesize("~" + T.getCanonicalType().getAsString(), "~" + Name,
                    [this, T](Function Start) {
                      Start.NoExcept = true;
                      return FunctionLowering(*this, std::move(Start)).lowerDestructor(T);
                    });
}

/// Whether nothing is called for it but constructors.
static bool isWrittenOut(const Stmt &Init) {
  if (isa<CallExpr>(Init))
    return false;
  return isa<LambdaExpr>(Init) || llvm::all_of(Init.children(), [](const Stmt *Part) {
           return !Part || isWrittenOut(*Part);
         });
}

/// Known before anything runs, and never changed: a table of functions.
static bool isConstant(const VarDecl &V, Forms &Types) {
  bool IsList = V.getType().isConstQualified() && Types.of(V.getType()).is(Form::Sequence);
  if (IsList && V.hasInit() && isWrittenOut(*V.getInit()))
    return true;
  QualType T = V.getASTContext().getBaseElementType(V.getType());
  const auto *Record = T->getAsCXXRecordDecl();
  return T.isConstQualified() && V.hasInit() && V.hasConstantInitialization() &&
         !(Record && Record->hasDefinition() && Record->hasMutableFields());
}

uint32_t UnitLowering::global(const VarDecl &Variable) {
  const VarDecl *Key = Variable.getCanonicalDecl();
  auto [Entry, New] = Globals.try_emplace(Key, unit().Globals.size());
  if (!New)
    return Entry->second;
  uint32_t Id = Entry->second;
  const VarDecl *Definition = Variable.getDefinition();
  if (!Definition)
    Definition = &Variable;
  Global G;
  G.Name = Variable.getNameAsString();
  G.At = place(Definition->getLocation());
  G.InternalOnly = !Variable.isExternallyVisible() || Variable.isStaticLocal();
  G.Constant = isConstant(*Definition, Types);
  unit().Globals.push_back(G);
  bool Here = Definition->isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
  if (!Here || isSystem(*Definition))
    return Id;
  FunctionId Make = synthesize(
      "init " + std::to_string(Id), "initializer of " + G.Name, [this, Definition](Function Start) {
        return FunctionLowering(*this, std::move(Start)).lowerGlobal(*Definition);
      });
  unit().Globals[Id].Initializer = Make;
  return Id;
}

Lowered lower(ASTContext &Context, const Model &Rows, const LowerOptions &Options) {
  uint8_t Mentioned = mentions(Context, Rows);
  if (!Mentioned) {
    Lowered Skipped;
    Skipped.Skipped = true;
    return Skipped;
  }
  return UnitLowering(Context, Rows, Mentioned, Options).run();
}

} // namespace taskleak
