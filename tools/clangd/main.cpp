// taskleak-clangd: Debian's clangd with our checks in it. It takes clangd's own
// options; what differs is in the other files, one thing in each.

#include "Clangd.h"

#include "driver/Flags.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdlib>

using namespace llvm;

static bool namesResourceFolder(StringRef Words) { return Words.contains("-resource-dir"); }

int main(int Argc, char **Argv) {
  SmallVector<char *> Words(Argv, Argv + Argc);
  // clangd looks for Clang's own headers beside itself, and this program need not
  // stand where Clang does.
  std::string Folder;
  const char *Flags = std::getenv("CLANGD_FLAGS");
  if (!any_of(Words, namesResourceFolder) && !namesResourceFolder(Flags ? Flags : "")) {
    Expected<std::string> Found =
        taskleak::resourceFolder(Argv[0], reinterpret_cast<void *>(&namesResourceFolder));
    if (!Found) {
      errs() << "taskleak-clangd: " << toString(Found.takeError()) << '\n';
    } else {
      Folder = "--resource-dir=" + *Found;
      Words.push_back(Folder.data());
    }
  }
  Words.push_back(nullptr);
  return clang::clangd::clangdMain(Words.size() - 1, Words.data());
}
