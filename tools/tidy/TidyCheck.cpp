// clang-tidy reports once the AST is complete, so any match will do to begin.

#include "TidyCheck.h"

#include "UnitFindings.h"

#include "driver/ClangDiagnostics.h"
#include "finding/Compose.h"

#include "clang/ASTMatchers/ASTMatchers.h"

using namespace clang;
using namespace clang::ast_matchers;
using taskleak::Evidence;

template <> struct clang::tidy::OptionEnumMapping<Evidence> {
  static ArrayRef<std::pair<Evidence, StringRef>> getEnumMapping() {
    static const std::pair<Evidence, StringRef> All[] = {{Evidence::Proven, "proven"},
                                                         {Evidence::Likely, "likely"},
                                                         {Evidence::Possible, "possible"}};
    return All;
  }
};

namespace taskleak {

static constexpr llvm::StringLiteral EvidenceOption = "Evidence";
static constexpr llvm::StringLiteral ModelsOption = "Models";
/// The same for all our checks.
static constexpr llvm::StringLiteral GlobalModelsOption = "taskleak-Models";

TidyCheck::TidyCheck(StringRef Name, tidy::ClangTidyContext *Context, const Check &Value)
    : ClangTidyCheck(Name, Context), Value(Value), Least(Options.get<Evidence>(EvidenceOption)),
      Models(Options.get(ModelsOption, Options.getLocalOrGlobal(GlobalModelsOption, ""))) {}

void TidyCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Stored) {
  Options.store(Stored, EvidenceOption, Least.value_or(Value.Least));
  Options.store(Stored, ModelsOption, Models);
}

void TidyCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
  // clangd walks the main file's declarations and never the unit itself.
  Finder->addMatcher(functionDecl(), this);
}

bool TidyCheck::isShown(const Finding &F) const {
  if (F.Check != Value.Id)
    return false;
  if (Least)
    return F.Sure >= *Least;
  return F.Sure >= Value.Least && F.Assumptions.size() <= MostAssumptions;
}

void TidyCheck::check(const MatchFinder::MatchResult &Match) {
  if (Told)
    return;
  Told = true;
  // What does not compile is reported by clang-tidy; a half-read unit is not judged.
  if (Match.Context->getDiagnostics().hasUncompilableErrorOccurred())
    return;
  UnitFindings &Unit = UnitFindings::of(*Match.Context, Models);
  for (const std::string &Problem : Unit.takeProblems())
    configurationDiag("%0") << Problem;
  auto Make = [this](SourceLocation At, StringRef Format, DiagnosticIDs::Level Level) {
    return diag(At, Format, Level);
  };
  for (const Finding &F : Unit.result().Found)
    if (isShown(F))
      emit(F, *Match.SourceManager, Unit.result().Files, Make);
}

} // namespace taskleak
