// A scan for identifiers; see Prefilter.h.

#include "lower/Prefilter.h"

#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

#include <memory>

using namespace clang;

namespace taskleak {

static StringRef lastPart(StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

namespace {

struct Spellings {
  /// The names without which nobody waits: those of objects, handles and
  /// executors, and of functions that start tasks or wait.
  llvm::StringSet<> Telling;
  /// The names of calls that make an object.
  llvm::StringSet<> Makers;

  explicit Spellings(const Model &Rows);
};

} // namespace

Spellings::Spellings(const Model &Rows) {
  Telling.insert("taskleak"); // Annotations, or the header with their macros.
  for (const TypeModel *Type : Rows.allTypes()) {
    if (Type->Shape == TypeShape::Pointer || Type->Shape == TypeShape::Callable ||
        Type->Shape == TypeShape::Sequence || Type->Shape == TypeShape::Atomic ||
        Type->Shape == TypeShape::Text)
      continue;
    Telling.insert(lastPart(Type->Name));
    for (const std::string &Alias : Type->Aliases)
      Telling.insert(lastPart(Alias));
  }
  for (const CallModel *Call : Rows.allCalls()) {
    if (Call->Role == CallRole::Make && Call->Kind != ObjectKind::None)
      Makers.insert(Call->Name);
    if (Call->Role == CallRole::Spawn || Call->Role == CallRole::Wait ||
        Call->Role == CallRole::Lock || Call->Role == CallRole::AtomicWait ||
        Call->Role == CallRole::Acquire)
      Telling.insert(lastPart(Call->Name));
  }
}

/// Of the shipped rows they are found out once, for all units and threads.
static std::shared_ptr<const Spellings> spellings(const Model &Rows) {
  if (&Rows != &Model::builtin())
    return std::make_shared<const Spellings>(Rows);
  static const auto Shipped = std::make_shared<const Spellings>(Rows);
  return Shipped;
}

static bool mentions(StringRef Text, const llvm::StringSet<> &Words) {
  for (size_t I = 0; I < Text.size();) {
    if (!llvm::isAlpha(Text[I]) && Text[I] != '_') {
      ++I;
      continue;
    }
    size_t End = I;
    while (End < Text.size() && (llvm::isAlnum(Text[End]) || Text[End] == '_'))
      ++End;
    StringRef Word = Text.slice(I, End);
    I = End;
    if (Words.contains(Word))
      return true;
  }
  return false;
}

/// Does a file that is no system header spell one of them?
static bool spells(const ASTContext &Context, const llvm::StringSet<> &Words) {
  const SourceManager &Sources = Context.getSourceManager();
  for (unsigned I = 0; I < Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() || SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    auto Buffer = Entry.getFile().getContentCache().getBufferDataIfLoaded();
    if (Buffer && mentions(*Buffer, Words))
      return true;
  }
  return false;
}

bool mentionsModel(const ASTContext &Context, const Model &Rows) {
  return spells(Context, spellings(Rows)->Telling);
}

bool mentionsLettingGo(const ASTContext &Context, const Model &Rows) {
  llvm::StringSet<> Words;
  for (const CallModel *Call : Rows.allCalls())
    if (Call->Role == CallRole::Detach ||
        (Call->Role == CallRole::Spawn && (Call->ExecutorParam >= 0 || Call->Completion >= 0)))
      Words.insert(lastPart(Call->Name));
  return spells(Context, Words);
}

bool mentionsDescriptors(const ASTContext &Context, const Model &Rows) {
  return spells(Context, spellings(Rows)->Makers);
}

bool mentionsReordering(const ASTContext &Context, const Model &Rows) {
  llvm::StringSet<> Words;
  for (const CallModel *Call : Rows.allCalls())
    if (Call->Role == CallRole::Reorder)
      Words.insert(lastPart(Call->Name));
  return spells(Context, Words);
}

bool mentionsCancelOfTasks(const ASTContext &Context, const Model &Rows) {
  llvm::StringSet<> Words;
  for (const CallModel *Call : Rows.allCalls())
    if (Call->Role == CallRole::Request && Call->Object >= 0)
      Words.insert(Call->Name);
  return spells(Context, Words);
}

} // namespace taskleak
