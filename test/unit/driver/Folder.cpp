// The folder goes with the test.

#include "Folder.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace taskleak {

Folder::Folder() {
  SmallString<128> Made, Real;
  if (sys::fs::createUniqueDirectory("taskleak-driver", Made) || sys::fs::real_path(Made, Real))
    report_fatal_error("no temporary folder");
  Root = Real.str().str();
}

Folder::~Folder() { sys::fs::remove_directories(Root); }

std::string Folder::path(StringRef Name) const { return Root + "/" + Name.str(); }

std::string Folder::write(StringRef Name, StringRef Text) const {
  std::string Path = path(Name);
  sys::fs::create_directories(sys::path::parent_path(Path));
  std::error_code Code;
  raw_fd_ostream(Path, Code) << Text;
  return Path;
}

std::string Folder::read(StringRef Name) const {
  auto Buffer = MemoryBuffer::getFile(path(Name));
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

} // namespace taskleak
