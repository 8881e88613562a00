// Globs know only `*`, as clang-tidy's do.

#include "driver/CheckNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/GlobPattern.h"

using namespace llvm;

namespace taskleak {

static StringRef withoutPrefix(StringRef Name) {
  Name.consume_front("taskleak-");
  return Name;
}

static Error unknownCheck(StringRef Name, ArrayRef<const Check *> All) {
  const Check *Nearest = nullptr;
  unsigned Best = ~0u;
  for (const Check *C : All) {
    unsigned Distance = withoutPrefix(Name).edit_distance(C->Id);
    if (Distance < Best) {
      Best = Distance;
      Nearest = C;
    }
  }
  std::string Text = ("unknown check '" + Name + "'").str();
  if (Nearest && Best <= Nearest->Id.size() / 2)
    Text += "; did you mean '" + Nearest->Id.str() + "'?";
  else
    Text += "; --list-checks shows all";
  return createStringError(Text);
}

Expected<const Check *> findCheck(StringRef Name, ArrayRef<const Check *> All) {
  for (const Check *C : All)
    if (C->Id == withoutPrefix(Name))
      return C;
  return unknownCheck(Name, All);
}

/// Switches what \p Entry matches on or off; false if it matches nothing.
static bool apply(StringRef Entry, ArrayRef<const Check *> All, SmallVectorImpl<bool> &On) {
  bool Enable = !Entry.consume_front("-");
  auto Pattern = GlobPattern::create(withoutPrefix(Entry));
  if (!Pattern) {
    consumeError(Pattern.takeError());
    return false;
  }
  bool Matched = Entry == "*" || Entry == "taskleak-*";
  for (const auto &[I, C] : enumerate(All)) {
    if (!Pattern->match(C->Id))
      continue;
    On[I] = Enable;
    Matched = true;
  }
  return Matched;
}

Expected<std::vector<std::string>> selectChecks(StringRef Globs, ArrayRef<const Check *> All) {
  SmallVector<StringRef> Entries;
  Globs.split(Entries, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef &Entry : Entries)
    Entry = Entry.trim();
  bool StartsFromAll = Entries.empty() || Entries.front().starts_with("-");
  SmallVector<bool> On(All.size(), StartsFromAll);
  for (StringRef Entry : Entries)
    if (!apply(Entry, All, On))
      return unknownCheck(Entry.ltrim('-'), All);

  std::vector<std::string> Ids;
  for (const auto &[C, Enabled] : zip_equal(All, On))
    if (Enabled)
      Ids.push_back(C->Id.str());
  if (Ids.empty())
    return createStringError("'" + Globs + "' leaves no check to run");
  return Ids;
}

} // namespace taskleak
