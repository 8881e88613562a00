// The harness of the resolver's tests; see Resolved.h.

#include "Resolved.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Tooling/Tooling.h"

#include "llvm/ADT/StringExtras.h"

#include "gtest/gtest.h"

#include <map>

using namespace clang;

namespace taskleak {

Parsed parse(const std::string &Code, const std::string &Name, std::vector<std::string> Args) {
  Parsed Result;
  bool IsC = llvm::StringRef(Name).ends_with(".c");
  Result.Unit =
      tooling::buildASTFromCodeWithArgs(Code, Args, Name, IsC ? TASKLEAK_CC : TASKLEAK_CXX);
  Result.HasErrors = !Result.Unit || Result.Unit->getDiagnostics().hasErrorOccurred();
  return Result;
}

static std::string describe(const CountSource &C) {
  std::string Text;
  if (C.Param >= 0)
    Text += "p" + std::to_string(C.Param);
  if (C.TemplateArg >= 0)
    Text += "t" + std::to_string(C.TemplateArg);
  if (C.Value)
    Text += (Text.empty() ? "" : "|") + std::to_string(*C.Value);
  if (C.Offset)
    Text += (C.Offset > 0 ? "+" : "") + std::to_string(C.Offset);
  return Text;
}

static std::string describe(Flags F) {
  std::vector<std::string> Names;
  for (unsigned I = 0; I != unsigned(Flag::Last); ++I)
    if (F.has(Flag(I)))
      Names.push_back(spelling(Flag(I)).str());
  return llvm::join(Names, ",");
}

std::string describe(const CallModel &Row) {
  std::string Text = spelling(Row.Role).str();
  auto Param = [&](const char *Key, int Value) {
    if (Value >= 0)
      Text += std::string(" ") + Key + "=" + std::to_string(Value);
  };
  auto Word = [&](const char *Key, const std::string &Value) {
    if (!Value.empty())
      Text += std::string(" ") + Key + "=" + Value;
  };
  Param("object", Row.Object);
  Param("value", Row.Value);
  Param("into", Row.Into);
  Param("lock", Row.LockParam);
  Param("predicate", Row.Predicate);
  Param("timeout", Row.Timeout);
  Param("cancel", Row.Cancel);
  Param("callable", Row.Callable);
  Param("arg", Row.Arg);
  Param("executor", Row.ExecutorParam);
  Param("completion", Row.Completion);
  Word("count", describe(Row.Count));
  Word("flags", describe(Row.Flag));
  Word("guard", Row.Guard);
  Word("yields", Row.Yields);
  if (Row.PassesToken)
    Text += " passes-token";
  return Text;
}

std::string describe(const TypeModel &Row) {
  std::string Text = "type " + Row.Name + " " + spelling(Row.Shape).str();
  if (Row.Kind != ObjectKind::None)
    Text += " " + spelling(Row.Kind).str();
  if (!Row.Flag.empty())
    Text += " " + describe(Row.Flag);
  return Text;
}

namespace {

class Collector : public RecursiveASTVisitor<Collector> {
  const SourceManager &Sources;
  Resolver Rows;

  void add(SourceLocation At, std::string Text) {
    At = Sources.getExpansionLoc(At);
    if (Sources.isInMainFile(At))
      Calls[Sources.getSpellingLineNumber(At)].push_back(std::move(Text));
  }
  void add(SourceLocation At, const CallModel *Row) {
    if (Row)
      add(At, describe(*Row));
  }

public:
  std::map<unsigned, std::vector<std::string>> Calls;

  Collector(ASTContext &Context, const Model &Model)
      : Sources(Context.getSourceManager()), Rows(Model, Context) {}
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitVarDecl(VarDecl *D) {
    if (const TypeModel *Row = Rows.type(D->getType()))
      add(D->getLocation(), describe(*Row));
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    llvm::ArrayRef<const Expr *> Args(E->getArgs(), E->getNumArgs());
    add(E->getBeginLoc(), Rows.call(*E->getConstructor(), E->getType(), Args));
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *F = E->getDirectCallee();
    if (!F)
      return true;
    llvm::ArrayRef<const Expr *> Args(E->getArgs(), E->getNumArgs());
    QualType Object;
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
      Object = Member->getImplicitObjectArgument()->IgnoreParenImpCasts()->getType();
    } else if (isa<CXXOperatorCallExpr>(E) && Method && Method->isInstance()) {
      Object = Args[0]->IgnoreParenImpCasts()->getType();
      Args = Args.drop_front();
    }
    add(E->getExprLoc(), Rows.call(*F, Object, Args));
    return true;
  }
};

} // namespace

void expectRows(const std::string &Code, const Model &Rows, const std::string &Name,
                std::vector<std::string> Args) {
  Parsed P = parse(Code, Name, std::move(Args));
  ASSERT_TRUE(P.Unit);
  ASSERT_FALSE(P.HasErrors) << "the test's own source does not compile";
  Collector Found(P.Unit->getASTContext(), Rows);
  Found.TraverseDecl(P.Unit->getASTContext().getTranslationUnitDecl());
  llvm::SmallVector<llvm::StringRef> Lines;
  llvm::StringRef(Code).split(Lines, '\n');
  for (unsigned I = 0; I != Lines.size(); ++I) {
    auto [Text, Wanted] = Lines[I].split("// ");
    if (Wanted.empty())
      continue;
    std::vector<std::string> &Got = Found.Calls[I + 1];
    bool IsType = Wanted.starts_with("type ") || Wanted == "no type";
    llvm::erase_if(Got, [&](llvm::StringRef G) { return G.starts_with("type ") != IsType; });
    std::string All = Got.empty() ? (IsType ? "no type" : "-") : llvm::join(Got, "; ");
    EXPECT_EQ(All, Wanted.str()) << Text.trim().str();
  }
}

void expectStd(const std::string &Code) {
  expectRows(Code);
  std::string LibCxx = TASKLEAK_LIBCXX;
  if (!LibCxx.empty())
    expectRows(Code, Model::builtin(), "test.cpp",
               {"-std=c++20", "-nostdinc++", "-isystem", LibCxx, "-D_LIBCPP_ENABLE_EXPERIMENTAL"});
}

} // namespace taskleak
