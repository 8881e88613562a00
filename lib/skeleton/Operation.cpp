// Spellings of the skeleton's words. Operations are spelled in Operations.def;
// the rest is spelled like the enumerator, in lower case.

#include "skeleton/Operation.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"

using namespace llvm;

namespace taskleak {

static constexpr StringLiteral OpWords[] = {
#define OPERATION(Name, Spelling, Group) Spelling,
#include "skeleton/Operations.def"
};

static constexpr StringLiteral KindWords[] = {"none",    "lock",  "condition", "counter", "barrier",
                                              "channel", "event", "cancel",    "timer",   "task"};

static constexpr StringLiteral FlagWords[] = {
    "timed", "try",     "shared",      "recursive",  "writersfirst", "all", "every",
    "drop",  "fails",   "throws",      "escapes",    "cooperative",  "inturn",
    "atonce", "suspended", "terminates", "keepssenders", "losesbuffer", "auto", "ambient", "guard",
    "implicit", "world", "update", "copies", "long", "foreign",
    "unsigned"};
static_assert(std::size(FlagWords) == unsigned(Flag::Last));

static constexpr StringLiteral RoleWords[] = {"cancel", "done", "fulfil", "strand"};

static constexpr StringLiteral OutcomeWords[] = {"ok",    "closed",    "timeout", "full",
                                                 "empty", "cancelled", "broken"};

template <class Word>
static std::optional<Word> find(ArrayRef<StringLiteral> Words, StringRef Spelled) {
  for (size_t I = 0; I < Words.size(); ++I)
    if (Words[I] == Spelled)
      return Word(I);
  return std::nullopt;
}

StringRef spelling(Op O) { return OpWords[unsigned(O)]; }
StringRef spelling(ObjectKind K) { return KindWords[unsigned(K)]; }
StringRef spelling(Flag F) { return FlagWords[unsigned(F)]; }
StringRef spelling(Role R) { return RoleWords[unsigned(R)]; }
StringRef spelling(Outcome O) { return OutcomeWords[unsigned(O)]; }

std::optional<Op> parseOp(StringRef S) { return find<Op>(OpWords, S); }
std::optional<Flag> parseFlag(StringRef S) { return find<Flag>(FlagWords, S); }
std::optional<Role> parseRole(StringRef S) { return find<Role>(RoleWords, S); }
std::optional<Outcome> parseOutcome(StringRef S) { return find<Outcome>(OutcomeWords, S); }

std::optional<ObjectKind> parseObjectKind(StringRef S) {
  auto K = find<ObjectKind>(KindWords, S);
  return K == ObjectKind::None ? std::nullopt : K;
}

} // namespace taskleak
