// "/lib/gcc/12/../../x.h" is not "/lib/x.h" where /lib is a link to /usr/lib.

#include "driver/AbsolutePath.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace taskleak {

std::string absolutePath(StringRef Name, const clang::FileManager &Files) {
  SmallString<256> Written(Name);
  Files.makeAbsolutePath(Written);
  SmallString<256> Short(Written);
  sys::path::remove_dots(Short, /*remove_dot_dot=*/true);
  SmallString<256> Real;
  if (Short != Written && sys::fs::exists(Written) && !sys::fs::equivalent(Short, Written) &&
      !sys::fs::real_path(Written, Real))
    return Real.str().str();
  return Short.str().str();
}

} // namespace taskleak
