// taskleak on the command line: finds tasks that can never end.
//   taskleak -p build src/          taskleak order.cpp -- -std=c++20
//   taskleak explain blocking-send  taskleak model list

#include "Analyze.h"
#include "CommandLine.h"
#include "Explain.h"
#include "ModelCommand.h"

#include "driver/Flags.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/InitLLVM.h"

using namespace llvm;
using namespace taskleak;

static int fail(Error E) {
  errs() << "taskleak: error: " << toString(std::move(E)) << '\n';
  return Failed;
}

static int explainCommand(ArrayRef<const char *> Names) {
  if (Names.empty())
    listChecks(outs());
  for (const char *Name : Names)
    if (Error E = explain(Name, outs()))
      return fail(std::move(E));
  return Clean;
}

static int analyzeCommand(ArrayRef<const char *> Words, const char *Argv0, bool Infer = false) {
  Expected<CommandLine> Line = parseCommandLine(Words);
  if (!Line)
    return fail(Line.takeError());
  Line->Infer = Infer;
  if (Line->Help) {
    printHelp(outs());
    return Clean;
  }
  if (Line->Version) {
    outs() << "taskleak " << TASKLEAK_VERSION << " (LLVM " << LLVM_VERSION_STRING << ")\n";
    return Clean;
  }
  if (Line->ListChecks) {
    listChecks(outs());
    return Clean;
  }
  Expected<std::string> Headers =
      resourceFolder(Argv0, reinterpret_cast<void *>(&explainCommand));
  if (!Headers)
    return fail(Headers.takeError());
  Expected<ExitCode> Code = analyzeUnits(*Line, *Headers);
  return Code ? int(*Code) : fail(Code.takeError());
}

int main(int Argc, char **Argv) {
  InitLLVM Init(Argc, Argv);
  ArrayRef<const char *> Words(Argv + 1, Argv + Argc);
  StringRef Command = Words.empty() ? "" : Words.front();
  if (Command == "explain")
    return explainCommand(Words.drop_front());
  if (Command == "model" && Words.size() > 1 && StringRef(Words[1]) == "infer")
    return analyzeCommand(Words.drop_front(2), Argv[0], /*Infer=*/true);
  if (Command == "model") {
    SmallVector<StringRef> Rest(Words.begin() + 1, Words.end());
    return modelCommand(Rest, outs(), errs());
  }
  return analyzeCommand(Words, Argv[0]);
}
