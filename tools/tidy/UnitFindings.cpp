// The index finds a unit's result; it owns nothing. The entry goes when the
// AST goes, so that another AST at the same address starts anew.

#include "UnitFindings.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>
#include <mutex>
#include <optional>

using namespace clang;
using llvm::StringRef;

namespace taskleak {

struct UnitFindings::Index {
  std::mutex Lock;
  std::map<Key, UnitFindings *> Units;

  static Index &get() {
    static Index All;
    return All;
  }
};

/// A relative name is looked for in the main file's folder and those above it,
/// where its `.clang-tidy` stands too.
static std::string findModel(StringRef Name, const SourceManager &SM) {
  OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID());
  if (llvm::sys::path::is_absolute(Name) || !Main)
    return Name.str();
  llvm::SmallString<256> Folder(Main->getName());
  SM.getFileManager().makeAbsolutePath(Folder);
  while (llvm::sys::path::has_parent_path(Folder)) {
    llvm::sys::path::remove_filename(Folder);
    llvm::SmallString<256> Path(Folder);
    llvm::sys::path::append(Path, Name);
    if (llvm::sys::fs::exists(Path))
      return Path.str().str();
  }
  return Name.str();
}

/// The shipped rows and those of \p Files; what is wrong goes to \p Problems.
static Model readModels(llvm::ArrayRef<StringRef> Files, const SourceManager &SM,
                        std::vector<std::string> &Problems) {
  Model Rows = Model::withBuiltin();
  for (StringRef File : Files) {
    llvm::Error E = Rows.addFile(findModel(File.trim(), SM));
    if (!E)
      continue;
    std::string Text = llvm::toString(std::move(E));
    llvm::SmallVector<StringRef> Lines;
    StringRef(Text).split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef Line : Lines)
      Problems.push_back(Line.str());
  }
  return Rows;
}

/// An editor has the main file's declarations judged, and somebody waits for it.
static bool isInEditor(ASTContext &Context) {
  std::vector<Decl *> Scope = Context.getTraversalScope();
  return Scope.size() != 1 || !isa<TranslationUnitDecl>(Scope.front());
}

void UnitFindings::analyzeWith(ASTContext &Context) {
  AnalysisOptions Options;
  if (isInEditor(Context))
    Options.hurry();
  Options.Least = Evidence::Possible;
  llvm::SmallVector<StringRef> Files;
  StringRef(Own.second).split(Files, ';', -1, /*KeepEmpty=*/false);
  std::optional<Model> Extended;
  if (!Files.empty()) {
    Extended = readModels(Files, Context.getSourceManager(), Problems);
    Options.Rows = &*Extended;
  }
  Result = analyze(Context, Options);
  llvm::append_range(Problems, Result.Problems);
}

UnitFindings &UnitFindings::of(ASTContext &Context, StringRef Models) {
  Key Wanted(&Context, Models.str());
  Index &All = Index::get();
  {
    std::lock_guard Guard(All.Lock);
    auto Found = All.Units.find(Wanted);
    if (Found != All.Units.end())
      return *Found->second;
  }
  // One unit is never asked for by two threads, so nobody computes it twice.
  auto *Made = new (Context) UnitFindings(Wanted);
  Context.addDestruction(Made);
  Made->analyzeWith(Context);
  std::lock_guard Guard(All.Lock);
  All.Units.emplace(std::move(Wanted), Made);
  return *Made;
}

UnitFindings::~UnitFindings() {
  Index &All = Index::get();
  std::lock_guard Guard(All.Lock);
  All.Units.erase(Own);
}

} // namespace taskleak
