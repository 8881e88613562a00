// The line is rewritten in place.

#include "driver/Progress.h"

#include "report/Paths.h"

namespace taskleak {

static constexpr const char *ClearLine = "\r\033[K";

Progress::Progress(llvm::raw_ostream &OS, bool Shown, std::string Base)
    : OS(OS), Shown(Shown), Base(std::move(Base)) {}

Progress::~Progress() {
  if (Written)
    OS << ClearLine;
  OS.flush();
}

void Progress::begin(llvm::StringRef File, size_t Number, size_t Total) {
  if (!Shown)
    return;
  Written = true;
  OS << ClearLine << '[' << Number << '/' << Total << "] " << displayPath(File, Base);
  OS.flush();
}

} // namespace taskleak
