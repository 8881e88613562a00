// Flags of other compilers would be errors to Clang's driver; whether they mean
// anything to the analysis cannot be known, so they are left out.

#include "driver/Flags.h"

#include "clang/Options/OptionUtils.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace llvm;
using namespace clang::tooling;

namespace taskleak {

static CommandLineArguments withoutUnknownFlags(const CommandLineArguments &Args, StringRef) {
  std::vector<const char *> Words;
  for (const std::string &Arg : drop_begin(Args))
    Words.push_back(Arg.c_str());
  unsigned MissingIndex = 0, MissingCount = 0;
  opt::InputArgList Parsed = clang::getDriverOptTable().ParseArgs(
      Words, MissingIndex, MissingCount, opt::Visibility(clang::options::ClangOption));
  std::set<unsigned> Unknown;
  for (const opt::Arg *A : Parsed.filtered(clang::options::OPT_UNKNOWN))
    Unknown.insert(A->getIndex());

  CommandLineArguments Kept = {Args.front()};
  for (const auto &[I, Arg] : enumerate(drop_begin(Args)))
    if (!Unknown.count(I))
      Kept.push_back(Arg);
  return Kept;
}

static CommandLineArguments withResourceFolder(CommandLineArguments Args, StringRef Folder) {
  bool Given = any_of(Args, [](StringRef A) { return A.starts_with("-resource-dir"); });
  if (!Given)
    Args.insert(Args.begin() + 1, ("-resource-dir=" + Folder).str());
  return Args;
}

std::vector<std::string> analysisFlags(const std::vector<std::string> &Command, StringRef File,
                                       const FlagOptions &Options) {
  ArgumentsAdjuster Steps[] = {
      getClangStripOutputAdjuster(),
      getClangStripDependencyFileAdjuster(),
      getStripPluginsAdjuster(),
      getClangSyntaxOnlyAdjuster(),
      withoutUnknownFlags,
      getInsertArgumentAdjuster(Options.Before, ArgumentInsertPosition::BEGIN),
      getInsertArgumentAdjuster(Options.After, ArgumentInsertPosition::END),
      getInsertArgumentAdjuster("-Wno-everything", ArgumentInsertPosition::END),
  };
  CommandLineArguments Args = Command;
  for (ArgumentsAdjuster &Step : Steps)
    Args = Step(Args, File);
  return withResourceFolder(std::move(Args), Options.ResourceFolder);
}

Expected<std::string> resourceFolder(const char *Argv0, void *MainAddress) {
  std::string Candidates[] = {clang::GetResourcesPath(Argv0, MainAddress), TASKLEAK_RESOURCE_DIR};
  for (const std::string &Folder : Candidates) {
    SmallString<256> Header(Folder);
    sys::path::append(Header, "include", "stddef.h");
    if (sys::fs::exists(Header))
      return Folder;
  }
  return createStringError("no headers of Clang in '" + Candidates[0] + "' or '" + Candidates[1] +
                           "'; install libclang-common-22-dev");
}

} // namespace taskleak
