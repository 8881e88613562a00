// Regular files are written beside their place and renamed; devices and pipes
// are written as they are.

#include "driver/OutputFile.h"

using namespace llvm;

namespace taskleak {

static Error unwritable(const Twine &Path, const Twine &Why) {
  return createStringError("cannot write '" + Path + "': " + Why);
}

Expected<OutputFile> OutputFile::open(const std::string &Path) {
  OutputFile File(Path);
  sys::fs::file_status Status;
  bool Exists = !sys::fs::status(Path, Status);
  if (Path == "-" || (Exists && Status.type() != sys::fs::file_type::regular_file &&
                      Status.type() != sys::fs::file_type::directory_file))
    return File;
  if (Exists && Status.type() == sys::fs::file_type::directory_file)
    return unwritable(Path, "it is a folder; name a file in it");
  if (Exists && sys::fs::access(Path, sys::fs::AccessMode::Write))
    return unwritable(Path, "it is write-protected; name another file");
  Expected<sys::fs::TempFile> Temp =
      sys::fs::TempFile::create(Path + ".%%%%%%%%", sys::fs::all_read | sys::fs::all_write);
  if (!Temp)
    return unwritable(Path, toString(Temp.takeError()) + "; create the folder or name another file");
  File.Temp = std::move(*Temp);
  return File;
}

OutputFile::~OutputFile() {
  if (Temp)
    consumeError(Temp->discard());
}

Error OutputFile::write(function_ref<void(raw_ostream &)> Writer) {
  if (!Temp) {
    std::error_code Code;
    raw_fd_ostream OS(Path, Code, sys::fs::OF_None);
    if (Code)
      return unwritable(Path, Code.message());
    Writer(OS);
    return Error::success();
  }
  {
    raw_fd_ostream OS(Temp->FD, /*shouldClose=*/false);
    Writer(OS);
    OS.flush();
    if (OS.has_error()) {
      std::string Why = OS.error().message();
      OS.clear_error();
      return unwritable(Path, Why);
    }
  }
  Error Failed = Temp->keep(Path);
  Temp.reset();
  if (Failed)
    return unwritable(Path, toString(std::move(Failed)));
  return Error::success();
}

} // namespace taskleak
