// Which rows matter to whether a unit is worth lowering; see Spellings.h.

#include "lower/Spellings.h"

#include "lower/TaskRows.h"

using namespace llvm;

namespace taskleak {

static StringRef lastPart(StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
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

uint8_t mentioned(const CallModel &Call) {
  uint8_t Bits = 0;
  // Numbers and bare handles are what C has.
  bool IsOfC = !StringRef(Call.Name).contains("::");
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
  if (uint8_t Bits = mentioned(Call))
    add(Call.Name, Bits);
}

void Spellings::add(StringRef Name, uint8_t Bits) {
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
