// Everything that can be wrong with a request is found out first: nobody waits
// ten minutes to learn that the output's folder does not exist.

#include "Analyze.h"

#include "driver/CheckNames.h"
#include "driver/Merge.h"
#include "driver/OutputFile.h"
#include "driver/Progress.h"
#include "driver/RunAll.h"
#include "driver/StatsText.h"
#include "report/Paths.h"
#include "report/Sarif.h"
#include "report/Text.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace taskleak {
namespace {

/// A request with all that it needs at hand.
struct Job {
  std::string Here;
  std::string Root;
  std::optional<Model> Rows; ///< With those of the user; none: the shipped ones.
  RunOptions Options;
  UnitCommands Commands;
  std::optional<OutputFile> Sarif, Stats;
};

Error readModels(const CommandLine &Line, Job &J) {
  if (Line.Models.empty()) {
    Model::builtin(); // Read now, so that no unit is said to take as long.
    return Error::success();
  }
  J.Rows = Model::withBuiltin();
  for (const std::string &File : Line.Models)
    if (Error E = J.Rows->addFile(File))
      return E;
  J.Options.Analysis.Rows = &*J.Rows;
  return Error::success();
}

Error chooseChecks(const CommandLine &Line, Job &J) {
  auto Checks = selectChecks(Line.Checks, allChecks());
  if (!Checks)
    return Checks.takeError();
  J.Options.Analysis.Checks = std::move(*Checks);
  J.Options.Analysis.Least = Line.Least;
  return Error::success();
}

Error openOutput(const std::string &Path, std::optional<OutputFile> &File) {
  if (Path.empty())
    return Error::success();
  Expected<OutputFile> Opened = OutputFile::open(Path);
  if (!Opened)
    return Opened.takeError();
  File.emplace(std::move(*Opened));
  return Error::success();
}

Error findUnits(const CommandLine &Line, Job &J) {
  UnitRequest Request{Line.BuildFolder, Line.Files, Line.Flags, J.Here};
  auto Commands = unitCommands(Request);
  if (!Commands)
    return Commands.takeError();
  J.Commands = std::move(*Commands);
  return Error::success();
}

Error prepare(const CommandLine &Line, const std::string &ResourceFolder, Job &J) {
  SmallString<256> Here;
  if (std::error_code Code = sys::fs::current_path(Here))
    return createStringError(Code, "cannot tell the working folder");
  J.Here = Here.str().str();
  SmallString<256> Root(Line.Root);
  sys::path::make_absolute(Here, Root);
  sys::path::remove_dots(Root, /*remove_dot_dot=*/true);
  J.Root = Line.Root.empty() ? repositoryRoot(Here) : Root.str().str();
  J.Options.Flags = {ResourceFolder, Line.ExtraBefore, Line.ExtraAfter};
  J.Options.Verify = Line.Verify;
  J.Options.DumpSkeleton = Line.DumpSkeleton;
  J.Options.Infer = Line.Infer;
  if (Error E = chooseChecks(Line, J))
    return E;
  if (Error E = readModels(Line, J))
    return E;
  if (Error E = findUnits(Line, J))
    return E;
  if (Error E = openOutput(Line.Sarif, J.Sarif))
    return E;
  return openOutput(Line.StatsFile, J.Stats);
}

std::vector<UnitOutcome> run(const CommandLine &Line, const Job &J) {
  Progress Shown(errs(), !Line.Quiet && errs().is_displayed(), J.Here);
  return runAll(J.Commands, J.Options, Line.Jobs,
                [&](StringRef File, size_t Number, size_t Total) { Shown.begin(File, Number, Total); });
}

void printSilences(ArrayRef<UnitOutcome> Outcomes, StringRef Base) {
  for (const UnitOutcome &O : Outcomes)
    for (const Silence &S : O.Result.Silences) {
      bool HasPlace = S.At.isValid() && S.At.File < O.Result.Files.size();
      outs() << displayPath(HasPlace ? StringRef(O.Result.Files[S.At.File]) : StringRef(O.File), Base);
      if (HasPlace)
        outs() << ':' << S.At.Line << ':' << S.At.Column;
      outs() << ": remark: " << S.Text << '\n';
    }
}

/// What is wrong with annotations; a header's is told once, whoever includes it.
void printProblems(ArrayRef<UnitOutcome> Outcomes, StringRef Base) {
  StringSet<> Told;
  for (const UnitOutcome &O : Outcomes)
    for (StringRef Problem : O.Result.Problems)
      if (Told.insert(Problem).second)
        errs() << "taskleak: warning: " << displayPath(Problem, Base) << '\n';
}

/// Writes the files that were asked for.
Error writeFiles(Job &J, const Report &R, Sources &Texts, ArrayRef<UnitOutcome> Outcomes) {
  std::vector<Rule> Rules;
  for (const Check *C : allChecks())
    Rules.push_back({C, page(*C)});
  SarifOptions Options{J.Root, TASKLEAK_VERSION, TASKLEAK_HOME};
  if (J.Sarif)
    if (Error E = J.Sarif->write(
            [&](raw_ostream &OS) { writeSarif(R, Rules, Texts, Options, OS); }))
      return E;
  if (J.Stats)
    return J.Stats->write([&](raw_ostream &OS) { writeStats(Outcomes, J.Here, OS); });
  return Error::success();
}

void printInferred(ArrayRef<UnitOutcome> Outcomes) {
  InferredRows All;
  for (const UnitOutcome &O : Outcomes)
    All.add(O.Rows);
  printRows(All, outs());
}

ExitCode verified(ArrayRef<UnitOutcome> Outcomes) {
  ExitCode Code = Clean;
  for (const UnitOutcome &O : Outcomes) {
    errs() << O.Mismatch;
    if (!O.Mismatch.empty() && Code == Clean)
      Code = HasFindings;
  }
  return Code;
}

} // namespace

Expected<ExitCode> analyzeUnits(const CommandLine &Line, const std::string &ResourceFolder) {
  Job J;
  if (Error E = prepare(Line, ResourceFolder, J))
    return E;
  std::vector<UnitOutcome> Outcomes = run(Line, J);
  Report R = merge(Outcomes);
  Sources Texts(R.Files);
  TextOptions Look{J.Here, Line.Color.value_or(outs().has_colors() && outs().is_displayed())};

  for (const UnitOutcome &O : Outcomes)
    outs() << O.Dump;
  if (Line.Infer) {
    printInferred(Outcomes);
    printFailures(R, Look, errs());
    return R.Failed.empty() ? Clean : Failed;
  }
  bool TextShown = Line.Sarif != "-" && !Line.Verify;
  if (TextShown)
    printText(R, Texts, Look, outs());
  if (TextShown && Line.ExplainSilence)
    printSilences(Outcomes, J.Here);
  outs().flush();
  printFailures(R, Look, errs());
  printProblems(Outcomes, J.Here);
  if (Error E = writeFiles(J, R, Texts, Outcomes))
    return E;
  if (Line.Stats)
    printStats(Outcomes, errs());
  if (!R.Failed.empty() && (Line.Verify || Line.DumpSkeleton || Line.Quiet))
    return Failed;
  if (Line.Verify)
    return verified(Outcomes);
  if (!Line.Quiet && !Line.DumpSkeleton)
    errs() << summary(R) << '\n';
  if (!R.Failed.empty())
    return Failed;
  return R.Found.empty() || Line.ExitZero ? Clean : HasFindings;
}

} // namespace taskleak
