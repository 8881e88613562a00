// LLVM's option tables rather than its global options: those would bring the
// options of every linked library with them.

#include "CommandLine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Option/Option.h"

using namespace llvm;
using namespace llvm::opt;

namespace taskleak {
namespace {

enum Id {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

#define OPTTABLE_STR_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

constexpr OptTable::Info Infos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

class Table : public GenericOptTable {
public:
  Table() : GenericOptTable(OptionStrTable, OptionPrefixesTable, Infos) {}
};

Error unknownOption(const Table &Options, const std::string &Word) {
  std::string Nearest;
  if (Options.findNearest(Word, Nearest) <= 2)
    return createStringError("unknown option '" + Word + "'; did you mean '" + Nearest + "'?");
  return createStringError("unknown option '" + Word + "'; see --help");
}

Error readEvidence(const InputArgList &Args, CommandLine &Out) {
  const Arg *A = Args.getLastArg(OPT_evidence);
  if (!A)
    return Error::success();
  for (Evidence E : {Evidence::Possible, Evidence::Likely, Evidence::Proven})
    if (StringRef(A->getValue()) == spelling(E))
      Out.Least = E;
  if (Out.Least)
    return Error::success();
  return createStringError("unknown evidence '" + Twine(A->getValue()) +
                           "'; one of proven, likely, possible");
}

Error readJobs(const InputArgList &Args, CommandLine &Out) {
  const Arg *A = Args.getLastArg(OPT_jobs);
  if (!A || (to_integer(A->getValue(), Out.Jobs) && Out.Jobs > 0))
    return Error::success();
  return createStringError("-j needs a number above 0, not '" + Twine(A->getValue()) + "'");
}

Error readDump(const InputArgList &Args, CommandLine &Out) {
  const Arg *A = Args.getLastArg(OPT_dump_EQ);
  Out.DumpSkeleton = A;
  if (!A || StringRef(A->getValue()) == "skeleton")
    return Error::success();
  return createStringError("cannot dump '" + Twine(A->getValue()) + "'; only 'skeleton'");
}

void readPlain(const InputArgList &Args, CommandLine &Out) {
  Out.BuildFolder = Args.getLastArgValue(OPT_build).str();
  Out.Checks = join(Args.getAllArgValues(OPT_checks), ",");
  Out.Sarif = Args.getLastArgValue(OPT_sarif).str();
  Out.Root = Args.getLastArgValue(OPT_root).str();
  Out.StatsFile = Args.getLastArgValue(OPT_stats_EQ).str();
  Out.Files = Args.getAllArgValues(OPT_INPUT);
  Out.Models = Args.getAllArgValues(OPT_models);
  Out.ExtraBefore = Args.getAllArgValues(OPT_extra_arg_before);
  Out.ExtraAfter = Args.getAllArgValues(OPT_extra_arg);
  if (Args.hasArg(OPT_color, OPT_no_color))
    Out.Color = Args.hasFlag(OPT_color, OPT_no_color, false);
  Out.Quiet = Args.hasArg(OPT_quiet);
  Out.Stats = Args.hasArg(OPT_stats);
  Out.ExplainSilence = Args.hasArg(OPT_explain_silence);
  Out.ExitZero = Args.hasArg(OPT_exit_zero);
  Out.ListChecks = Args.hasArg(OPT_list_checks);
  Out.Version = Args.hasArg(OPT_version);
  Out.Help = Args.hasArg(OPT_help);
  Out.Verify = Args.hasArg(OPT_verify);
}

} // namespace

Expected<CommandLine> parseCommandLine(ArrayRef<const char *> Words) {
  CommandLine Out;
  const char *const *Dashes = find_if(Words, [](const char *W) { return StringRef(W) == "--"; });
  if (Dashes != Words.end())
    Out.Flags.emplace(Dashes + 1, Words.end());
  Table Options;
  unsigned MissingIndex = 0, MissingCount = 0;
  InputArgList Args = Options.ParseArgs(ArrayRef(Words.begin(), Dashes), MissingIndex, MissingCount);
  if (MissingCount)
    return createStringError("'" + Twine(Args.getArgString(MissingIndex)) + "' needs a value");
  if (const Arg *Unknown = Args.getLastArg(OPT_UNKNOWN))
    return unknownOption(Options, Unknown->getAsString(Args));
  readPlain(Args, Out);
  for (auto *Read : {readEvidence, readJobs, readDump})
    if (Error E = Read(Args, Out))
      return E;
  return Out;
}

void printHelp(raw_ostream &OS) {
  Table().printHelp(OS,
                    "taskleak [options] [files or folders]\n"
                    "       taskleak [options] file -- compiler flags\n"
                    "       taskleak explain <check>\n"
                    "       taskleak model check <file> | list",
                    "taskleak, a finder of tasks that can never end");
  OS << "\nExit code: 0 no findings, 1 findings, 2 something could not be done.\n";
}

} // namespace taskleak
