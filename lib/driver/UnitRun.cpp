// Bodies in system headers are not parsed: what they mean for tasks is the
// model's to say, and they cost half of the time.

#include "driver/UnitRun.h"

#include "driver/AbsolutePath.h"
#include "driver/ClangDiagnostics.h"
#include "driver/CompileErrors.h"
#include "driver/Stopwatch.h"
#include "model/SystemHeader.h"
#include "skeleton/Text.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace taskleak {
namespace {

class Consumer : public SemaConsumer {
public:
  Consumer(const RunOptions &Options, UnitOutcome &Out) : Options(Options), Out(Out) {}

  void InitializeSema(Sema &S) override { Semantics = &S; }
  void ForgetSema() override { Semantics = nullptr; }

  bool shouldSkipFunctionBody(Decl *D) override {
    return isSystem(*D);
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    if (Context.getDiagnostics().hasUncompilableErrorOccurred())
      return;
    Reached = true;
    if (Options.DumpSkeleton)
      return dump(Context);
    if (Options.Infer) {
      Out.Rows = inferRows(Context, Options.Analysis.rows());
      return;
    }
    Out.Result = analyze(Context, Options.Analysis, instantiator(Context.getDiagnostics()));
    if (Options.Verify)
      report(Context);
    makeAbsolute(Context.getSourceManager().getFileManager());
  }

  bool Reached = false;

private:
  /// Where it turns out that a body cannot be made, it stays out of sight: no error of the user's.
  std::function<void(Decl &)> instantiator(DiagnosticsEngine &Engine) {
    return [this, &Engine](Decl &D) {
      bool Suppressed = Engine.getSuppressAllDiagnostics();
      Engine.setSuppressAllDiagnostics(true);
      if (auto *F = dyn_cast<FunctionDecl>(&D))
        Semantics->InstantiateFunctionDefinition(F->getLocation(), F, /*Recursive=*/true);
      else if (auto *Field = dyn_cast<FieldDecl>(&D))
        (void)Semantics->BuildCXXDefaultInitExpr(Field->getLocation(), Field);
      Engine.setSuppressAllDiagnostics(Suppressed);
    };
  }

  void dump(ASTContext &Context) {
    LowerOptions How;
    How.Instantiate = instantiator(Context.getDiagnostics());
    Lowered Low = lower(Context, Options.Analysis.rows(), How);
    llvm::raw_string_ostream OS(Out.Dump);
    if (Low.Skipped)
      OS << "# " << Out.File << ": skipped, spells no name that the model knows\n";
    else
      print(Low.Skeletons, OS);
  }

  void report(ASTContext &Context) {
    DiagnosticsEngine &Engine = Context.getDiagnostics();
    for (const Finding &F : Out.Result.Found) {
      auto Make = [&](SourceLocation At, StringRef Format, DiagnosticIDs::Level Level) {
        std::string Suffix = Level == DiagnosticIDs::Note ? "" : " [taskleak-" + F.Check + "]";
        return Engine.Report(At, Engine.getDiagnosticIDs()->getCustomDiagID(
                                     Level, Format.str() + Suffix));
      };
      emit(F, Context.getSourceManager(), Out.Result.Files, Make, /*Advice=*/false);
    }
  }

  void makeAbsolute(FileManager &Files) {
    for (std::string &File : Out.Result.Files)
      File = absolutePath(File, Files);
  }

  const RunOptions &Options;
  UnitOutcome &Out;
  Sema *Semantics = nullptr;
};

class Action : public ASTFrontendAction {
public:
  Action(const RunOptions &Options, UnitOutcome &Out, bool &Reached)
      : Options(Options), Out(Out), Reached(Reached) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &, StringRef) override {
    auto Made = std::make_unique<Consumer>(Options, Out);
    TheConsumer = Made.get();
    return Made;
  }

  void ExecuteAction() override {
    ASTFrontendAction::ExecuteAction();
    Reached = TheConsumer->Reached;
  }

private:
  const RunOptions &Options;
  UnitOutcome &Out;
  bool &Reached;
  Consumer *TheConsumer = nullptr;
};

class Factory : public tooling::FrontendActionFactory {
public:
  Factory(const RunOptions &Options, UnitOutcome &Out) : Options(Options), Out(Out) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<Action>(Options, Out, Reached);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation, FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> Containers,
                     DiagnosticConsumer *Client) override {
    Invocation->getFrontendOpts().SkipFunctionBodies = true;
    // Otherwise the compiler adds "1 error generated." on its own.
    Invocation->getDiagnosticOpts().ShowCarets = false;
    if (Options.Verify) {
      Invocation->getDiagnosticOpts().VerifyDiagnostics = true;
      Invocation->getDiagnosticOpts().VerifyPrefixes = {"expected"};
    }
    return FrontendActionFactory::runInvocation(Invocation, Files, Containers, Client);
  }

  bool Reached = false; ///< The unit compiled and was judged.

private:
  const RunOptions &Options;
  UnitOutcome &Out;
};

} // namespace

/// Runs the compiler on the unit with \p Client hearing what it says.
static bool compile(const tooling::CompileCommand &Command, const RunOptions &Options,
                    UnitOutcome &Out, DiagnosticConsumer &Client) {
  auto FileSystem = llvm::vfs::createPhysicalFileSystem();
  FileSystem->setCurrentWorkingDirectory(Command.Directory);
  llvm::IntrusiveRefCntPtr<FileManager> Files(
      new FileManager(FileSystemOptions(), std::move(FileSystem)));
  Factory Make(Options, Out);
  tooling::ToolInvocation Invocation(
      analysisFlags(Command.CommandLine, Command.Filename, Options.Flags), &Make, Files.get(),
      std::make_shared<PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Client);
  Invocation.run();
  return Make.Reached;
}

UnitOutcome runUnit(const tooling::CompileCommand &Command, const RunOptions &Options) {
  double Start = threadSeconds();
  UnitOutcome Out;
  Out.File = Command.Filename;
  if (!llvm::sys::fs::exists(Command.Filename)) {
    Out.Failure =
        FailedUnit{Out.File, "no such file; build the project first if the build makes it"};
  } else if (Options.Verify) {
    DiagnosticOptions PrintOptions;
    llvm::raw_string_ostream OS(Out.Mismatch);
    TextDiagnosticPrinter Printer(OS, PrintOptions);
    if (!compile(Command, Options, Out, Printer) && Out.Mismatch.empty())
      Out.Failure = FailedUnit{Out.File, "does not compile; run without --verify to see why"};
  } else {
    CompileErrors Errors;
    if (!compile(Command, Options, Out, Errors))
      Out.Failure = Errors.failure(Out.File);
  }
  Out.Seconds = threadSeconds() - Start;
  return Out;
}

} // namespace taskleak
