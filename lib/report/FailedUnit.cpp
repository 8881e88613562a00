// The compiler's own words may hold paths; they are shortened too.

#include "report/FailedUnit.h"

#include "report/Paths.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {

static std::string without(std::string Text, const std::string &Prefix) {
  for (size_t At = Text.find(Prefix); At != std::string::npos; At = Text.find(Prefix, At))
    Text.erase(At, Prefix.size());
  return Text;
}

std::string failureText(const FailedUnit &U, StringRef Base, bool WithPlace) {
  std::string Text = U.Why;
  if (WithPlace && !U.At.empty())
    Text += ": " + displayPath(U.At, Base) + ":" + utostr(U.Line) + ":" + utostr(U.Column);
  if (!U.First.empty())
    Text += ": " + without(U.First, (Base + "/").str());
  if (U.Errors)
    Text += "; " + utostr(U.Errors) + (U.Errors == 1 ? " error" : " errors");
  return Text;
}

} // namespace taskleak
