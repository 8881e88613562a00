// Which rows matter to whether a unit is worth lowering; see Spellings.h.

#include "lower/Spellings.h"

#include "lower/TaskRows.h"

namespace taskleak {

static llvm::StringRef lastPart(llvm::StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == llvm::StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

Spellings::Spellings(const Model &Rows) {
  for (const TypeModel *Type : Rows.allTypes())
    add(*Type);
  for (const CallModel *Call : Rows.allCalls())
    add(*Call);
}

void Spellings::add(const TypeModel &Type) {
  if (!isOfTasks(Type))
    return;
  add(Type.Name, MentionsWaiting);
  for (const std::string &Alias : Type.Aliases)
    add(Alias, MentionsWaiting);
}

/// Numbers and bare handles are what it has.
static bool isOfC(const CallModel &Call) { return !llvm::StringRef(Call.Name).contains("::"); }

/// What a call of the row is, in bits of `Mention`.
static uint8_t mentioned(const CallModel &Call) {
  uint8_t Bits = 0;
  bool IsOfC = isOfC(Call);
  if (IsOfC && Call.Role == CallRole::Make && Call.Kind != ObjectKind::None)
    Bits |= MentionsDescriptors;
  if (Call.Role == CallRole::Spawn || Call.Role == CallRole::Wait || Call.Role == CallRole::Lock ||
      Call.Role == CallRole::AtomicWait || Call.Role == CallRole::Acquire)
    Bits |= MentionsWaiting;
  if (Call.Role == CallRole::Detach ||
      (Call.Role == CallRole::Spawn && (Call.ExecutorParam >= 0 || Call.Completion >= 0)))
    Bits |= MentionsLettingGo;
  if (IsOfC && Call.Role == CallRole::Request && Call.Object >= 0)
    Bits |= MentionsCancelOfTasks;
  if (Call.Role == CallRole::Reorder)
    Bits |= MentionsReordering;
  return Bits;
}

void Spellings::add(const CallModel &Call) {
  if (Call.Role == CallRole::Resume) // A handle is enough: it is awaited with a word of the language.
    add(llvm::StringRef(Call.Name).rsplit("::").first, MentionsWaiting);
  uint8_t Bits = mentioned(Call);
  if (Bits)
    add(Call.Name, Bits);
  if (isOfTasks(Call))
    Bits |= MentionsWaiting;
  if (Bits && isOfC(Call))
    OfC[Call.Name] |= Bits;
}

void Spellings::add(llvm::StringRef Name, uint8_t Bits) {
  Words[lastPart(Name)].push_back({Name.str(), Bits});
  Filled.set(bucket(lastPart(Name)));
}

std::shared_ptr<const Spellings> Spellings::of(const Model &Rows) {
  if (&Rows != &Model::builtin())
    return std::make_shared<const Spellings>(Rows);
  static const auto Shipped = std::make_shared<const Spellings>(Rows);
  return Shipped;
}

} // namespace taskleak
