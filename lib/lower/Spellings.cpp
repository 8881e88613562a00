// Which rows matter to whether a unit is worth lowering; see Spellings.h.

#include "lower/Spellings.h"

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
  if (Type.Shape == TypeShape::Pointer || Type.Shape == TypeShape::Callable ||
      Type.Shape == TypeShape::Sequence || Type.Shape == TypeShape::Atomic ||
      Type.Shape == TypeShape::Text)
    return;
  add(Type.Name, MentionsWaiting);
  for (const std::string &Alias : Type.Aliases)
    add(Alias, MentionsWaiting);
}

void Spellings::add(const CallModel &Call) {
  // Numbers and bare handles are what C has.
  bool IsOfC = !StringRef(Call.Name).contains("::");
  if (IsOfC && Call.Role == CallRole::Make && Call.Kind != ObjectKind::None)
    add(Call.Name, MentionsDescriptors);
  if (Call.Role == CallRole::Spawn || Call.Role == CallRole::Wait || Call.Role == CallRole::Lock ||
      Call.Role == CallRole::AtomicWait || Call.Role == CallRole::Acquire)
    add(Call.Name, MentionsWaiting);
  if (Call.Role == CallRole::Detach ||
      (Call.Role == CallRole::Spawn && (Call.ExecutorParam >= 0 || Call.Completion >= 0)))
    add(Call.Name, MentionsLettingGo);
  if (IsOfC && Call.Role == CallRole::Request && Call.Object >= 0)
    add(Call.Name, MentionsCancelOfTasks);
  if (Call.Role == CallRole::Reorder)
    add(Call.Name, MentionsReordering);
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
