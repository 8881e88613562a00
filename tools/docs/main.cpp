// taskleak-docs [--check] ROOT: writes the generated pages below ROOT, or says
// which of them are stale and exits with 1.

#include "Pages.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace taskleak;

static std::string below(StringRef Root, StringRef Path) { return (Root + "/" + Path).str(); }

static bool isFresh(StringRef Root, const GeneratedPage &Page) {
  auto Buffer = MemoryBuffer::getFile(below(Root, Page.Path));
  return Buffer && (*Buffer)->getBuffer() == Page.Text;
}

/// Pages of checks that are gone.
static std::vector<std::string> orphans(StringRef Root, ArrayRef<GeneratedPage> Pages) {
  StringSet<> Wanted;
  for (const GeneratedPage &Page : Pages)
    Wanted.insert(below(Root, Page.Path));
  std::vector<std::string> Out;
  std::error_code Failed;
  for (sys::fs::directory_iterator At(below(Root, "docs/checks"), Failed), End; !Failed && At != End;
       At.increment(Failed))
    if (!Wanted.contains(At->path()))
      Out.push_back(At->path());
  llvm::sort(Out);
  return Out;
}

static bool write(StringRef Root, const GeneratedPage &Page) {
  std::string Path = below(Root, Page.Path);
  std::error_code Failed = sys::fs::create_directories(sys::path::parent_path(Path));
  if (!Failed) {
    raw_fd_ostream Out(Path, Failed);
    if (!Failed)
      Out << Page.Text;
  }
  if (Failed)
    errs() << "taskleak-docs: cannot write " << Path << ": " << Failed.message() << "\n";
  return !Failed;
}

static int check(StringRef Root, ArrayRef<GeneratedPage> Pages) {
  bool Fresh = true;
  for (const GeneratedPage &Page : Pages)
    if (!isFresh(Root, Page)) {
      Fresh = false;
      errs() << Page.Path << ": is stale, run './dev docs'\n";
    }
  for (const std::string &Path : orphans(Root, Pages)) {
    Fresh = false;
    errs() << Path << ": belongs to no check, run './dev docs'\n";
  }
  return Fresh ? 0 : 1;
}

static int writeAll(StringRef Root, ArrayRef<GeneratedPage> Pages) {
  bool Done = true;
  for (const GeneratedPage &Page : Pages)
    Done &= isFresh(Root, Page) || write(Root, Page);
  for (const std::string &Path : orphans(Root, Pages))
    Done &= !sys::fs::remove(Path);
  return Done ? 0 : 2;
}

int main(int Argc, char **Argv) {
  ArrayRef<char *> Args(Argv + 1, size_t(Argc - 1));
  bool OnlyCheck = !Args.empty() && StringRef(Args[0]) == "--check";
  Args = Args.drop_front(OnlyCheck ? 1 : 0);
  if (Args.size() != 1) {
    errs() << "usage: taskleak-docs [--check] ROOT\n";
    return 2;
  }
  Expected<std::vector<GeneratedPage>> Pages = generatedPages(Args[0]);
  if (!Pages) {
    errs() << "taskleak-docs: " << toString(Pages.takeError()) << "\n";
    return 2;
  }
  return OnlyCheck ? check(Args[0], *Pages) : writeAll(Args[0], *Pages);
}
