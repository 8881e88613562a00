// Relative paths are found by name first; only a file that then lies outside is
// tried again with symbolic links resolved, as for a checkout behind a link.

#include "report/Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace taskleak {

static bool isBelow(StringRef Path, StringRef Folder) {
  return Path.size() > Folder.size() && Path.starts_with(Folder) &&
         (Folder.ends_with("/") || Path[Folder.size()] == '/');
}

static StringRef cut(StringRef Path, StringRef Folder) {
  return Path.drop_front(Folder.size()).ltrim('/');
}

/// "a/b" against a base it lies below; empty if it lies elsewhere.
static std::string below(StringRef Path, StringRef Base) {
  if (isBelow(Path, Base))
    return cut(Path, Base).str();
  SmallString<128> RealPath, RealBase;
  if (sys::fs::real_path(Path, RealPath) || sys::fs::real_path(Base, RealBase))
    return "";
  return isBelow(RealPath, RealBase) ? cut(RealPath, RealBase).str() : "";
}

static std::string upwards(StringRef Path, StringRef Base) {
  std::string Up;
  while (!isBelow(Path, Base) && sys::path::has_parent_path(Base)) {
    Base = sys::path::parent_path(Base);
    Up += "../";
  }
  return Up + cut(Path, Base).str();
}

static std::string percentEncoded(StringRef Path) {
  std::string Out;
  for (char C : Path) {
    if (isAlnum(C) || StringRef("/-._~!$&'()*+,;=@").contains(C)) {
      Out += C;
      continue;
    }
    Out += '%';
    Out += hexdigit(uint8_t(C) >> 4);
    Out += hexdigit(uint8_t(C) & 15);
  }
  return Out;
}

std::string displayPath(StringRef Absolute, StringRef Base) {
  std::string Short = below(Absolute, Base);
  return Short.empty() ? Absolute.str() : Short;
}

std::string relativeUri(StringRef Absolute, StringRef Root) {
  std::string Short = below(Absolute, Root);
  return percentEncoded(Short.empty() ? upwards(Absolute, Root) : Short);
}

std::string repositoryRoot(StringRef Start) {
  for (StringRef Folder = Start; !Folder.empty(); Folder = sys::path::parent_path(Folder)) {
    SmallString<128> Marker(Folder);
    sys::path::append(Marker, ".git");
    if (sys::fs::exists(Marker))
      return Folder.str();
  }
  return Start.str();
}

} // namespace taskleak
