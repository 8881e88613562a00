// A scan for identifiers, and a look at which functions are referred to; see Prefilter.h.

#include "lower/Prefilter.h"

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <bitset>
#include <memory>

using namespace clang;

namespace taskleak {

/// In the user's rows on declarations, and in the name of the header with their macros.
constexpr StringRef Annotation = "taskleak";

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
  add(Annotation, MentionsWaiting);
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

/// The text of each file that is no system header.
static llvm::SmallVector<StringRef> ownTexts(const SourceManager &Sources) {
  llvm::SmallVector<StringRef> Texts;
  for (unsigned I = 0; I < Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() || SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    if (auto Buffer = Entry.getFile().getContentCache().getBufferDataIfLoaded())
      Texts.push_back(*Buffer);
  }
  return Texts;
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

static bool isOfWaiting(const CallModel &Row) {
  switch (Row.Role) {
  case CallRole::Spawn:
  case CallRole::Node:
  case CallRole::Join:
  case CallRole::Run:
  case CallRole::Make:
  case CallRole::Lock:
  case CallRole::TryLock:
  case CallRole::LockShared:
  case CallRole::TryLockShared:
  case CallRole::LockAll:
  case CallRole::GuardOf:
  case CallRole::Wait:
  case CallRole::Send:
  case CallRole::Receive:
  case CallRole::Add:
  case CallRole::Await:
  case CallRole::DoneAndAwait:
  case CallRole::Acquire:
  case CallRole::ArriveAndAwait:
  case CallRole::SelectAny:
  case CallRole::SelectAll:
  case CallRole::AtomicWait:
    return true;
  default:
    return false;
  }
}

/// Whether the row's object is only a number here: a file, as far as anybody knows
/// without a call that makes a pipe.
static bool isOnDescriptor(const CallModel &Row, const FunctionDecl &F) {
  return Row.Object >= 0 && unsigned(Row.Object) < F.getNumParams() &&
         F.getParamDecl(unsigned(Row.Object))->getType()->isIntegerType();
}

/// Whether a C unit refers to a function that starts a task, waits, or makes what is
/// waited on. True in other languages, where a type alone may do it.
static bool refersToWaiting(const ASTContext &Context, const Model &Rows) {
  if (Context.getLangOpts().CPlusPlus || Context.getLangOpts().ObjC)
    return true;
  const TranslationUnitDecl &Unit = *Context.getTranslationUnitDecl();
  return llvm::any_of(Rows.allCalls(), [&](const CallModel *Row) {
    auto Name = Context.Idents.find(Row->Name);
    if (Name == Context.Idents.end() || !isOfWaiting(*Row))
      return false;
    return llvm::any_of(Unit.lookup(Name->second), [&](const NamedDecl *D) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      return F && F->isReferenced() && !isOnDescriptor(*Row, *F);
    });
  });
}

uint8_t mentions(const ASTContext &Context, const Model &Rows) {
  llvm::SmallVector<StringRef> Texts = ownTexts(Context.getSourceManager());
  bool IsAnnotated = llvm::any_of(Texts, [](StringRef T) { return T.contains(Annotation); });
  if (!IsAnnotated && !refersToWaiting(Context, Rows))
    return 0;
  std::shared_ptr<const Spellings> Known = spellings(Rows);
  uint8_t Seen = 0;
  for (StringRef Text : Texts)
    Seen |= scan(Text, *Known);
  return Seen & MentionsWaiting ? Seen : uint8_t(0);
}

} // namespace taskleak
