// The pages are installed, so that a link works without a network; see PageOf.h.

#include "PageOf.h"

#include "report/Page.h"
#include "report/Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace taskleak {

static SmallString<256> pagesFolder() {
  static int InThisProgram;
  SmallString<256> Folder(
      sys::path::parent_path(sys::fs::getMainExecutable("taskleak-clangd", &InThisProgram)));
  sys::path::append(Folder, TASKLEAK_PAGES);
  sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  return Folder;
}

std::string pageOf(StringRef Rule) {
  StringRef Id = Rule;
  if (!Id.consume_front("taskleak-"))
    return "";
  if (StringRef Home = TASKLEAK_HOME; !Home.empty())
    return pageAddress(Home, Id);
  SmallString<256> File = pagesFolder();
  sys::path::append(File, Id + ".md");
  return sys::fs::exists(File) ? "file:///" + relativeUri(File, "/") : "";
}

} // namespace taskleak
