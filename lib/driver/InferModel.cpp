// From wrappers to rows. A class becomes a type if all that it does to tasks goes to
// one member, which is an object to wait on.

#include "driver/InferModel.h"

#include "driver/Wrappers.h"
#include "lower/Form.h"
#include "lower/Lower.h"
#include "model/Resolve.h"
#include "model/Words.h"
#include "skeleton/Simplify.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;

namespace taskleak {

/// One operation as a row, without a name and object; empty if no role says it.
static std::string roleOf(const Instruction &I, const Wrapper &W, unsigned FirstParam) {
  auto Param = [&](const std::optional<FromParameter> &From) {
    return From && From->Param >= FirstParam ? std::to_string(From->Param - FirstParam) : "";
  };
  auto Count = [&](llvm::StringRef Role, int64_t Sign) -> std::string {
    if (I.Operands.size() > 1 && I.Operands[1].K == Operand::Kind::Int)
      return (Role + ", count: " + std::to_string(Sign * I.Operands[1].Number)).str();
    std::string From = Param(W.With);
    return From.empty() ? "" : (Role + ", count: {param: " + From + "}").str();
  };
  const char *Shared = I.Flag.has(Flag::Shared) ? "-shared" : "";
  switch (I.Code) {
  case Op::Lock:
    return (I.Flag.has(Flag::Try) ? "try-lock" : std::string("lock")) + Shared;
  case Op::Unlock:
    return std::string("unlock") + Shared;
  case Op::Notify:
    return I.Flag.has(Flag::All) ? "notify-all" : "notify-one";
  case Op::Wait:
    return Param(W.With).empty() ? "" : "wait, lock: " + Param(W.With);
  case Op::Send:
    return Param(W.With).empty() ? "send" : "send, value: " + Param(W.With);
  case Op::Receive:
    return W.YieldsValue ? "receive, yields: value" : "receive";
  case Op::Count: {
    bool Down = I.Operands[1].K == Operand::Kind::Int && I.Operands[1].Number < 0;
    return Count(Down ? "done" : "add", Down ? -1 : 1);
  }
  case Op::Acquire:
    return Count("acquire", 1);
  case Op::Await:
    return W.YieldsValue ? "await, yields: value" : "await";
  case Op::Fulfil:
    return I.Flag.has(Flag::Fails) ? "fail" : "fulfil";
  case Op::Close:
    return "close";
  case Op::Interrupt:
    return "interrupt";
  case Op::Request:
    return "request";
  case Op::Requested:
    return "requested";
  default:
    return "";
  }
}

static std::string outcomesOf(const Instruction &I) {
  std::string Out;
  for (const OutcomeValue &O : I.Outcomes)
    Out += (Out.empty() ? "" : ", ") + spelling(O.When).str() + ": " +
           (O.Throws ? "throw" : std::to_string(O.Value));
  return Out.empty() ? Out : ", outcomes: {" + Out + "}";
}

namespace {

class Inference : public RecursiveASTVisitor<Inference> {
  ASTContext &Context;
  Resolver Known;
  Unit Skeletons;
  llvm::StringMap<FunctionId> ByKey;
  struct Member {
    const FunctionDecl *F;
    FunctionId Id;
  };
  /// What is done to objects of a class: by its methods, in C by functions that take it.
  llvm::MapVector<const RecordDecl *, std::vector<Member>> Classes;
  std::vector<Member> Functions;

public:
  InferredRows Out;

  Inference(ASTContext &Context, const Model &Rows) : Context(Context), Known(Rows, Context) {
    Skeletons = std::move(lower(Context, Rows).Skeletons);
    simplify(Skeletons);
    for (FunctionId F = 0; F < Skeletons.Functions.size(); ++F)
      ByKey[Skeletons.Functions[F].Key] = F;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (!F->isThisDeclarationADefinition() || F->isDependentContext() || isSystem(*F) ||
        F->isMain() || !F->isExternallyVisible() || isa<CXXDestructorDecl>(F))
      return true;
    llvm::SmallString<128> Key;
    auto Found = index::generateUSRForDecl(F, Key) ? ByKey.end() : ByKey.find(Key);
    if (Found == ByKey.end() || !isNoticed(Skeletons, Found->second))
      return true;
    Member M{F, Found->second};
    if (const RecordDecl *Of = classOf(*F))
      Classes[Of].push_back(M);
    else
      Functions.push_back(M);
    return true;
  }

  void run() {
    TraverseDecl(Context.getTranslationUnitDecl());
    for (const auto &[Class, Members] : Classes)
      inferClass(*Class, Members);
    for (const Member &M : Functions)
      inferFunction(M);
  }

private:
  /// The user's own class that a method or function is about.
  const RecordDecl *classOf(const FunctionDecl &F) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
      return Method->isInstance() ? cast<RecordDecl>(Method->getParent()->getCanonicalDecl())
                                  : nullptr;
    for (const ParmVarDecl *P : F.parameters()) {
      QualType T = P->getType().getNonReferenceType();
      const RecordDecl *R = (T->isPointerType() ? T->getPointeeType() : T)->getAsRecordDecl();
      if (R && !isSystem(*R) && !Known.type(Context.getCanonicalTagType(R)))
        return cast<RecordDecl>(R->getCanonicalDecl());
    }
    return nullptr;
  }

  bool isHere(const FunctionDecl &F) const {
    return Context.getSourceManager().isInMainFile(F.getLocation());
  }

  static unsigned firstParam(const FunctionDecl &F) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    return Method && Method->isInstance();
  }

  /// A name is enough, unless several functions have it.
  static std::string selector(const Member &M, llvm::ArrayRef<Member> All) {
    bool IsOnly = llvm::none_of(All, [&](const Member &Other) {
      return Other.F != M.F && modelName(*Other.F) == modelName(*M.F);
    });
    return IsOnly ? "" : ", args: " + std::to_string(M.F->getNumParams());
  }

  void leave(const NamedDecl &D, llvm::StringRef Why) { Out.Left[modelName(D)] = Why.str(); }

  std::string row(const Member &M, const Wrapper &W, llvm::ArrayRef<Member> All) {
    const Instruction &I = at(Skeletons, W.Does);
    std::string Role = roleOf(I, W, firstParam(*M.F));
    if (Role.empty())
      return "";
    bool IsMethod = firstParam(*M.F);
    std::string Row =
        "{name: " + (IsMethod ? plainName(*M.F) : modelName(*M.F)) + ", role: " + Role;
    if (!IsMethod)
      Row += ", object: " + std::to_string(W.Object.Param);
    if (I.Flag.has(Flag::Timed))
      Row += ", flags: [timed]";
    if (W.YieldsStatus)
      Row += outcomesOf(I);
    return Row + selector(M, All) + "}";
  }

  void inferClass(const RecordDecl &Class, const std::vector<Member> &Members);
  void inferFunction(const Member &M);
};

} // namespace

static const FieldDecl *fieldOf(const RecordDecl &Class, llvm::StringRef Name) {
  if (const RecordDecl *Definition = Class.getDefinition())
    for (const FieldDecl *Field : Definition->fields())
      if (Field->getName() == Name)
        return Field;
  return nullptr;
}

static std::vector<std::string> keysOf(const TypeModel &Row) {
  std::vector<std::string> Keys = {"shape: object", "kind: " + spelling(Row.Kind).str()};
  std::string Flags;
  for (const Word<Flag> &W : flagWords())
    if (Row.Flag.has(W.Value))
      Flags += (Flags.empty() ? "" : ", ") + W.Text.str();
  if (!Flags.empty())
    Keys.push_back("flags: [" + Flags + "]");
  for (const Word<DestructorEffect> &W : destructorWords())
    if (W.Value == Row.Destructor && Row.Destructor != DestructorEffect::None)
      Keys.push_back("destructor: " + W.Text.str());
  if (Row.Capacity.Value)
    Keys.push_back("capacity: " + std::to_string(*Row.Capacity.Value));
  return Keys;
}

void Inference::inferClass(const RecordDecl &Class, const std::vector<Member> &Members) {
  std::string Member;
  std::set<std::string> Calls;
  for (const auto &M : Members) {
    if (isa<CXXConstructorDecl>(M.F))
      continue;
    std::optional<Wrapper> W = wrapper(Skeletons, M.Id);
    if (!W || W->Object.Member.empty() || W->Object.Member.find('.') != std::string::npos)
      return leave(*M.F, "does more than one thing, or not always");
    if (!Member.empty() && Member != W->Object.Member)
      return leave(Class, "has several objects to wait on");
    Member = W->Object.Member;
    std::string Row = row(M, *W, Members);
    if (Row.empty())
      return leave(*M.F, "no role says what it does");
    Calls.insert(std::move(Row));
  }
  const FieldDecl *Field = fieldOf(Class, Member);
  const TypeModel *Row = Field ? Known.type(Field->getType()) : nullptr;
  bool IsSeen = llvm::all_of(Members, [&](const auto &M) { return !isHere(*M.F); });
  if (!Row || Row->Shape != TypeShape::Object || IsSeen)
    return;
  InferredRows::Type &Type = Out.Types[modelName(Class)];
  Type.Keys = keysOf(*Row);
  // In C the functions are no members.
  (firstParam(*Members.front().F) ? Type.Calls : Out.Calls).merge(Calls);
}

void Inference::inferFunction(const Member &M) {
  if (!isHere(*M.F))
    return;
  std::optional<Wrapper> W = wrapper(Skeletons, M.Id);
  std::string Row = W && W->Object.Member.empty() ? row(M, *W, Functions) : "";
  if (Row.empty())
    return leave(*M.F, "does more than one thing, or not always");
  Out.Calls.insert(std::move(Row));
}

InferredRows inferRows(ASTContext &Context, const Model &Rows) {
  Inference I(Context, Rows);
  I.run();
  return std::move(I.Out);
}

void InferredRows::add(const InferredRows &Other) {
  for (const auto &[Name, Row] : Other.Types) {
    Types[Name].Keys = Row.Keys;
    Types[Name].Calls.insert(Row.Calls.begin(), Row.Calls.end());
  }
  Calls.insert(Other.Calls.begin(), Other.Calls.end());
  Left.insert(Other.Left.begin(), Other.Left.end());
}

void printRows(const InferredRows &Rows, llvm::raw_ostream &OS) {
  OS << "library: inferred\n";
  if (!Rows.Types.empty())
    OS << "types:\n";
  for (const auto &[Name, Row] : Rows.Types) {
    OS << "  - name: " << Name << '\n';
    for (const std::string &Key : Row.Keys)
      OS << "    " << Key << '\n';
    if (!Row.Calls.empty())
      OS << "    calls:\n";
    for (const std::string &Call : Row.Calls)
      OS << "      - " << Call << '\n';
  }
  if (!Rows.Calls.empty())
    OS << "calls:\n";
  for (const std::string &Call : Rows.Calls)
    OS << "  - " << Call << '\n';
  for (const auto &[Name, Why] : Rows.Left)
    OS << "# " << Name << ": " << Why << '\n';
}

} // namespace taskleak
