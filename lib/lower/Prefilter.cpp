// A scan for identifiers; see Prefilter.h.

#include "lower/Prefilter.h"

#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <bitset>
#include <memory>

using namespace clang;

namespace taskleak {

static StringRef lastPart(StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

namespace {

/// The model's names, and what each of them does.
class Spellings {
  llvm::StringMap<uint8_t> Words;
  /// Most words are none of them, and that can be seen from their ends and length.
  static constexpr size_t Buckets = 1 << 14;
  std::bitset<Buckets> Filled;

  static size_t bucket(StringRef Word) {
    return (size_t(Word.front()) * 131 + size_t(Word.back()) * 31 + Word.size()) % Buckets;
  }

public:
  explicit Spellings(const Model &Rows);

  /// The bits of an identifier, which is not empty.
  uint8_t find(StringRef Word) const {
    return Filled[bucket(Word)] ? Words.lookup(Word) : uint8_t(0);
  }

private:
  void add(StringRef Name, uint8_t Bits) {
    Words[lastPart(Name)] |= Bits;
    Filled.set(bucket(lastPart(Name)));
  }
  void add(const TypeModel &Type);
  void add(const CallModel &Call);
};

} // namespace

Spellings::Spellings(const Model &Rows) {
  add("taskleak", MentionsWaiting); // Annotations, or the header with their macros.
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

/// Of the shipped rows they are found out once, for all units and threads.
static std::shared_ptr<const Spellings> spellings(const Model &Rows) {
  if (&Rows != &Model::builtin())
    return std::make_shared<const Spellings>(Rows);
  static const auto Shipped = std::make_shared<const Spellings>(Rows);
  return Shipped;
}

static bool isOfWord(char C) { return llvm::isAlnum(C) || C == '_'; }

static uint8_t scan(StringRef Text, const Spellings &Known) {
  uint8_t Seen = 0;
  for (size_t I = 0; I < Text.size();) {
    if (!isOfWord(Text[I])) {
      ++I;
      continue;
    }
    size_t End = I + 1;
    while (End < Text.size() && isOfWord(Text[End]))
      ++End;
    Seen |= Known.find(Text.slice(I, End));
    I = End;
  }
  return Seen;
}

uint8_t mentions(const ASTContext &Context, const Model &Rows) {
  std::shared_ptr<const Spellings> Known = spellings(Rows);
  const SourceManager &Sources = Context.getSourceManager();
  uint8_t Seen = 0;
  for (unsigned I = 0; I < Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() || SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    if (auto Buffer = Entry.getFile().getContentCache().getBufferDataIfLoaded())
      Seen |= scan(*Buffer, *Known);
  }
  return Seen;
}

} // namespace taskleak
