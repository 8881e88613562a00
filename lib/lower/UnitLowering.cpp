// The unit's numbers and the work list; see UnitLowering.h.

#include "lower/UnitLowering.h"

#include "lower/FunctionLowering.h"
#include "lower/Prefilter.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"

#include "llvm/ADT/SmallString.h"

using namespace clang;

namespace taskleak {

UnitLowering::UnitLowering(ASTContext &Context, const Model &Rows, const LowerOptions &Options)
    : Context(Context), Rows(Rows, Context), Types(this->Rows), Throwing(this->Rows), Source(Rows),
      Options(Options) {}

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
  drain();
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

bool UnitLowering::isOwn(const FunctionDecl &F) const {
  const FunctionDecl *Definition = nullptr;
  return F.hasBody(Definition) && !Definition->isDependentContext() && !isSystem(*Definition) &&
         !Definition->isInvalidDecl();
}

static Function startOf(const FunctionDecl &F) {
  Function Start;
  Start.Name = F.getQualifiedNameAsString();
  llvm::SmallString<128> Key;
  if (!index::generateUSRForDecl(&F, Key))
    Start.Key = Key.str().str();
  const auto *Type = F.getType()->getAs<FunctionProtoType>();
  Start.NoExcept = Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
                   Type->isNothrow() && F.getASTContext().getLangOpts().CPlusPlus;
  Start.IsMain = F.isMain();
  Start.InternalOnly = !F.isExternallyVisible() && !F.isMain();
  Start.Coroutine = isa_and_nonnull<CoroutineBodyStmt>(F.getBody());
  return Start;
}

FunctionId UnitLowering::function(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  F.hasBody(Definition);
  if (!isOwn(F))
    return NoId;
  auto [Entry, New] = Functions.try_emplace(Definition->getCanonicalDecl(), NoId);
  if (!New)
    return Entry->second;
  Function Start = startOf(*Definition);
  Start.At = place(Definition->getLocation());
  FunctionId Id = add(std::move(Start), [this, Definition](Function Start) {
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

FunctionId UnitLowering::lambda(const LambdaExpr &Lambda, StringRef Within) {
  const CXXMethodDecl *Operator = instantiatedOperator(Lambda);
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

/// Known before anything runs, and never changed: a table of functions.
static bool isConstant(const VarDecl &V) {
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
  G.Constant = isConstant(*Definition);
  unit().Globals.push_back(G);
  bool Here = Definition->isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
  if (!Here || isSystem(*Definition))
    return Id;
  FunctionId Make = synthesize("init " + std::to_string(Id), "initializer of " + G.Name,
                               [this, Definition](Function Start) {
                                 return FunctionLowering(*this, std::move(Start))
                                     .lowerGlobal(*Definition);
                               });
  unit().Globals[Id].Initializer = Make;
  return Id;
}

std::string methodKey(const CXXMethodDecl &Method) {
  if (isa<CXXDestructorDecl>(Method))
    return DestructorKey.str();
  return Method.getNameAsString() + "/" + std::to_string(Method.getNumParams());
}

void UnitLowering::addMethods(const CXXRecordDecl &Record, uint32_t Index) {
  for (const CXXMethodDecl *Method : Record.methods()) {
    if (!Method->isVirtual() || isa<CXXDestructorDecl>(Method))
      continue;
    std::string Key = methodKey(*Method);
    auto &Methods = unit().Records[Index].Methods;
    bool Known = llvm::any_of(Methods, [&](const auto &M) { return M.first == Key; });
    if (FunctionId Id = function(*Method); Id != NoId && !Known)
      unit().Records[Index].Methods.push_back({Key, Id});
  }
  for (const CXXBaseSpecifier &Parent : Record.bases())
    if (const CXXRecordDecl *R = Parent.getType()->getAsCXXRecordDecl(); R && R->hasDefinition())
      addMethods(*R->getDefinition(), Index);
}

static void embeddedFields(const RecordDecl &Record, Forms &Types,
                           std::vector<std::string> &Out) {
  for (const FieldDecl *Field : Record.fields())
    if (!Field->getType()->isReferenceType() && Types.of(Field->getType()).isObject())
      Out.push_back(Field->getNameAsString());
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record))
    for (const CXXBaseSpecifier &Parent : Class->bases())
      if (const RecordDecl *R = Parent.getType()->getAsRecordDecl(); R && R->getDefinition())
        embeddedFields(*R->getDefinition(), Types, Out);
}

std::string UnitLowering::record(const RecordDecl &Record) {
  const RecordDecl *Key = Record.getDefinition() ? Record.getDefinition() : &Record;
  auto [Entry, New] = Records.try_emplace(Key);
  if (!New)
    return Entry->second;
  std::string Name =
      QualType(Context.getCanonicalTagType(Key)).getAsString(Context.getPrintingPolicy());
  if (unit().findRecord(Name)) // Two local classes may share a name.
    Name += "#" + std::to_string(unit().Records.size());
  Records[Key] = Name;
  uint32_t Index = unit().Records.size();
  unit().Records.push_back({Name, {}, {}});
  std::vector<std::string> Embedded;
  embeddedFields(*Key, Types, Embedded);
  unit().Records[Index].Embedded = std::move(Embedded);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Key); Class && Class->isPolymorphic()) {
    addMethods(*Class, Index);
    if (FunctionId Id = destructor(Context.getCanonicalTagType(Class)); Id != NoId)
      unit().Records[Index].Methods.push_back({DestructorKey.str(), Id});
  }
  return Name;
}

Place UnitLowering::place(SourceRange Range) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Range.isInvalid())
    return {};
  SourceLocation Begin = Sources.getExpansionLoc(Range.getBegin());
  SourceLocation End = Sources.getExpansionRange(Range.getEnd()).getEnd();
  End = Lexer::getLocForEndOfToken(End, 0, Sources, Context.getLangOpts());
  auto [File, Offset] = Sources.getDecomposedLoc(Begin);
  auto [Entry, New] = Files.try_emplace(File, unit().Files.size());
  if (New) {
    auto Ref = Sources.getFileEntryRefForID(File);
    unit().Files.push_back(Ref ? Ref->getName().str() : "<input>");
  }
  Place Found{Entry->second, Sources.getLineNumber(File, Offset),
              Sources.getColumnNumber(File, Offset), 0, 0};
  auto [EndFile, EndOffset] = Sources.getDecomposedLoc(End);
  if (End.isValid() && EndFile == File) {
    Found.EndLine = Sources.getLineNumber(File, EndOffset);
    Found.EndColumn = Sources.getColumnNumber(File, EndOffset);
  } else {
    Found.EndLine = Found.Line;
    Found.EndColumn = Found.Column + 1;
  }
  return Found;
}

std::string UnitLowering::text(SourceRange Range) const {
  if (Range.isInvalid())
    return {};
  StringRef Raw = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Context.getSourceManager().getExpansionRange(Range).getAsRange()),
      Context.getSourceManager(), Context.getLangOpts());
  std::string Line;
  for (char C : Raw) {
    bool Space = C == ' ' || C == '\n' || C == '\t' || C == '\r';
    if (!Space)
      Line += C;
    else if (!Line.empty() && Line.back() != ' ')
      Line += ' ';
  }
  if (Line.size() > 60)
    Line = Line.substr(0, 57) + "...";
  return Line;
}

bool UnitLowering::computeNeedsDestruction(QualType T) {
  TypeForm Shape = Types.of(T);
  if (Shape.Row) {
    if (Shape.is(Form::Pointer))
      return Shape.Row->Destructor == DestructorEffect::Release &&
             needsDestruction(Forms::element(T));
    if (Shape.is(Form::Sequence))
      return needsDestruction(Forms::element(T));
    return Shape.is(Form::Guard) || Shape.is(Form::Cleanup) || Shape.is(Form::Executor) ||
           (Shape.Row->Destructor != DestructorEffect::None &&
            Shape.Row->Destructor != DestructorEffect::Terminate &&
            Shape.Row->Destructor != DestructorEffect::Detach);
  }
  if (Shape.is(Form::Sequence))
    return needsDestruction(Forms::element(T));
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Shape.is(Form::Record) || !Record || !Record->hasDefinition())
    return false;
  const CXXDestructorDecl *Destructor = Record->getDefinition()->getDestructor();
  if (Destructor && Destructor->isUserProvided())
    return true;
  for (const FieldDecl *Field : Record->getDefinition()->fields())
    if (!Field->getType()->isReferenceType() && needsDestruction(Field->getType()))
      return true;
  for (const CXXBaseSpecifier &Parent : Record->getDefinition()->bases())
    if (needsDestruction(Parent.getType()))
      return true;
  return Destructor && Destructor->isVirtual();
}

bool UnitLowering::needsDestruction(QualType T) {
  if (T.isNull() || T->isReferenceType())
    return false;
  const Type *Key = T.getUnqualifiedType().getTypePtr();
  auto [Entry, New] = Destruction.try_emplace(Key, false); // Recursive types: not by themselves.
  if (!New)
    return Entry->second;
  bool Needs = computeNeedsDestruction(T);
  Destruction[Key] = Needs;
  return Needs;
}

Lowered lower(ASTContext &Context, const Model &Rows, const LowerOptions &Options) {
  if (!mentionsModel(Context, Rows)) {
    Lowered Skipped;
    Skipped.Skipped = true;
    return Skipped;
  }
  return UnitLowering(Context, Rows, Options).run();
}

} // namespace taskleak
