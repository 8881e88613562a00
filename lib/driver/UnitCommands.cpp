// Finds the database, then picks the units.

#include "driver/UnitCommands.h"

#include "clang/Driver/Types.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <tuple>

using namespace llvm;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;
using clang::tooling::FixedCompilationDatabase;
using clang::tooling::JSONCommandLineSyntax;
using clang::tooling::JSONCompilationDatabase;

namespace taskleak {

static constexpr const char *DatabaseName = "compile_commands.json";
/// Where build systems and IDEs put their output, beside or above the sources.
static constexpr const char *UsualFolders[] = {"", "build", "out", "cmake-build-debug", "_build"};

static std::string absolute(StringRef Path, StringRef Folder) {
  SmallString<256> Full(Path);
  sys::path::make_absolute(Folder, Full);
  sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

static bool holdsDatabase(StringRef Folder) {
  SmallString<256> File(Folder);
  sys::path::append(File, DatabaseName);
  return sys::fs::exists(File);
}

static std::string searchUpwards(StringRef Start) {
  for (StringRef Folder = Start; !Folder.empty(); Folder = sys::path::parent_path(Folder))
    for (const char *Usual : UsualFolders) {
      SmallString<256> Candidate(Folder);
      sys::path::append(Candidate, Usual);
      if (holdsDatabase(Candidate))
        return Candidate.str().str();
    }
  return "";
}

static Error noDatabase(const UnitRequest &Request) {
  if (!Request.BuildFolder.empty())
    return createStringError("no " + Twine(DatabaseName) + " in '" + Request.BuildFolder +
                             "'; configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or name "
                             "another folder with -p");
  return createStringError(
      "no " + Twine(DatabaseName) + " in '" + Request.WorkingFolder +
      "', its build, out, cmake-build-debug or _build, or above; configure with "
      "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, name the build folder with -p, or give the "
      "flags after '--'");
}

static Expected<std::string> databaseFolder(const UnitRequest &Request) {
  if (!Request.BuildFolder.empty()) {
    std::string Folder = absolute(Request.BuildFolder, Request.WorkingFolder);
    if (sys::path::filename(Folder) == DatabaseName)
      Folder = sys::path::parent_path(Folder).str();
    if (holdsDatabase(Folder))
      return Folder;
    return noDatabase(Request);
  }
  std::string Folder;
  if (!Request.Files.empty()) {
    std::string First = absolute(Request.Files.front(), Request.WorkingFolder);
    Folder = searchUpwards(sys::fs::is_directory(First) ? StringRef(First)
                                                        : sys::path::parent_path(First));
  }
  if (Folder.empty())
    Folder = searchUpwards(Request.WorkingFolder);
  if (Folder.empty())
    return noDatabase(Request);
  return Folder;
}

static bool isForClang(const CompileCommand &Command) {
  using namespace clang::driver::types;
  ID Type = lookupTypeForExtension(sys::path::extension(Command.Filename).ltrim('.'));
  return Type != TY_Asm && Type != TY_PP_Asm && Type != TY_Fortran && Type != TY_PP_Fortran;
}

static bool isBelow(StringRef File, StringRef Folder) {
  return File.consume_front(Folder) && File.starts_with("/");
}

/// Resolves names and leaves one of several equal commands.
static UnitCommands tidied(UnitCommands Commands) {
  erase_if(Commands, [](const CompileCommand &C) { return !isForClang(C); });
  auto Key = [](const CompileCommand &C) { return std::tie(C.Filename, C.Directory, C.CommandLine); };
  llvm::sort(Commands, [&](const auto &A, const auto &B) { return Key(A) < Key(B); });
  Commands.erase(llvm::unique(Commands, [&](const auto &A, const auto &B) { return Key(A) == Key(B); }),
                 Commands.end());
  return Commands;
}

static UnitCommands named(UnitCommands Commands, StringRef WorkingFolder) {
  for (CompileCommand &C : Commands) {
    C.Directory = absolute(C.Directory, WorkingFolder);
    C.Filename = absolute(C.Filename, C.Directory);
    // Several targets may compile a file alike but for the object's name.
    C.CommandLine = clang::tooling::getClangStripOutputAdjuster()(C.CommandLine, C.Filename);
  }
  return Commands;
}

static Expected<UnitCommands> commandsOf(const CompilationDatabase &Database, StringRef File,
                                         const UnitRequest &Request) {
  std::string Path = absolute(File, Request.WorkingFolder);
  if (!sys::fs::exists(Path))
    return createStringError("no such file: '" + File + "'");
  UnitCommands Found;
  if (sys::fs::is_directory(Path)) {
    Found = named(Database.getAllCompileCommands(), Request.WorkingFolder);
    erase_if(Found, [&](const CompileCommand &C) { return !isBelow(C.Filename, Path); });
  } else {
    Found = named(Database.getCompileCommands(Path), Request.WorkingFolder);
  }
  if (Found.empty())
    return createStringError("'" + File + "' is not in the compilation database; give its flags "
                             "after '--'");
  return Found;
}

static Expected<std::unique_ptr<CompilationDatabase>> open(const UnitRequest &Request) {
  std::string Message;
  if (Request.Flags) {
    std::vector<const char *> Words = {"taskleak", "--"};
    for (const std::string &Flag : *Request.Flags)
      Words.push_back(Flag.c_str());
    int Count = Words.size();
    std::unique_ptr<CompilationDatabase> Fixed = FixedCompilationDatabase::loadFromCommandLine(
        Count, Words.data(), Message, Request.WorkingFolder);
    if (!Fixed)
      return createStringError("cannot use the flags after '--': " + Message);
    return Fixed;
  }
  Expected<std::string> Folder = databaseFolder(Request);
  if (!Folder)
    return Folder.takeError();
  std::unique_ptr<CompilationDatabase> Database = JSONCompilationDatabase::loadFromFile(
      *Folder + "/" + DatabaseName, Message, JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return createStringError("cannot read '" + *Folder + "/" + DatabaseName + "': " +
                             StringRef(Message).trim() + "; configure the build again");
  Database = expandResponseFiles(std::move(Database), vfs::getRealFileSystem());
  return inferTargetAndDriverMode(inferToolLocation(inferMissingCompileCommands(std::move(Database))));
}

Expected<UnitCommands> unitCommands(const UnitRequest &Request) {
  if (Request.Flags && Request.Files.empty())
    return createStringError("no file before '--'");
  auto Database = open(Request);
  if (!Database)
    return Database.takeError();

  UnitCommands All;
  if (Request.Files.empty())
    All = named((*Database)->getAllCompileCommands(), Request.WorkingFolder);
  for (const std::string &File : Request.Files) {
    Expected<UnitCommands> Some = commandsOf(**Database, File, Request);
    if (!Some)
      return Some.takeError();
    append_range(All, *Some);
  }
  All = tidied(std::move(All));
  if (All.empty())
    return createStringError("the compilation database names no C or C++ file");
  return All;
}

} // namespace taskleak
