// A scan for identifiers, and a look at which of them are declared; see Prefilter.h.

#include "lower/Prefilter.h"

#include "lower/Spellings.h"

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace taskleak {

/// In the user's rows on declarations, and in the name of the header with their macros.
constexpr StringRef Annotation = "taskleak";

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

using Words = llvm::SmallPtrSet<const Spellings::Word *, 16>;

static bool isOfWord(char C) { return llvm::isAlnum(C) || C == '_'; }

static void scan(StringRef Text, const Spellings &Known, Words &Found) {
  for (size_t I = 0; I < Text.size();) {
    if (!isOfWord(Text[I])) {
      ++I;
      continue;
    }
    size_t End = I + 1;
    while (End < Text.size() && isOfWord(Text[End]))
      ++End;
    if (const Spellings::Word *W = Known.find(Text.slice(I, End)))
      Found.insert(W);
    I = End;
  }
}

/// Null if nothing of the unit is called so. What a precompiled preamble declares may
/// not have been read so far.
static const IdentifierInfo *identifier(const ASTContext &Context, StringRef Name) {
  if (Context.getExternalSource())
    return &Context.Idents.get(Name);
  auto Known = Context.Idents.find(Name);
  return Known == Context.Idents.end() ? nullptr : Known->second;
}

static const DeclContext *namespaceOf(const NamedDecl &D) {
  if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(&D))
    return Alias->getNamespace();
  return dyn_cast<NamespaceDecl>(&D);
}

/// Whether there is such a thing in the unit; of a member, whether there is its class.
static bool isDeclared(const ASTContext &Context, StringRef Name) {
  const DeclContext *In = Context.getTranslationUnitDecl();
  for (StringRef Part : llvm::split(Name, "::")) {
    const IdentifierInfo *Id = identifier(Context, Part);
    if (!Id)
      return false;
    if (Id->hadMacroDefinition()) // What it stands for may be called otherwise.
      return true;
    auto Found = In->lookup(Id);
    if (Found.empty())
      return false;
    In = namespaceOf(**Found.begin());
    if (!In)
      return true;
  }
  return true;
}

static bool isReferenced(const Decl *D) {
  return isa<FunctionDecl>(D) && D->isReferenced();
}

/// What the functions are that a unit of C refers to.
static uint8_t referredTo(const ASTContext &Context, const Model &Rows) {
  std::shared_ptr<const Spellings> Known = Spellings::of(Rows);
  const TranslationUnitDecl &Unit = *Context.getTranslationUnitDecl();
  uint8_t Seen = 0;
  if (!Context.getExternalSource()) {
    for (const Decl *D : Unit.decls())
      if (isReferenced(D))
        Seen |= Known->ofC().lookup(cast<FunctionDecl>(D)->getName());
    return Seen;
  }
  // All that a precompiled preamble declares is a lot to read.
  for (const auto &Row : Known->ofC())
    if (Row.second & ~Seen)
      if (llvm::any_of(Unit.lookup(identifier(Context, Row.first())), isReferenced))
        Seen |= Row.second;
  return Seen;
}

/// What the words are that a unit of C++ spells, where a type alone may do it.
static uint8_t spelled(const ASTContext &Context, const Model &Rows, ArrayRef<StringRef> Texts) {
  std::shared_ptr<const Spellings> Known = Spellings::of(Rows);
  Words Found;
  for (StringRef Text : Texts)
    scan(Text, *Known, Found);
  uint8_t Seen = 0;
  for (const Spellings::Word *W : Found)
    for (const Spellings::Row &Row : W->second)
      if ((Row.Bits & ~Seen) && isDeclared(Context, Row.Name))
        Seen |= Row.Bits;
  return Seen;
}

uint8_t mentions(const ASTContext &Context, const Model &Rows) {
  llvm::SmallVector<StringRef> Texts = ownTexts(Context.getSourceManager());
  bool IsOfC = !Context.getLangOpts().CPlusPlus && !Context.getLangOpts().ObjC;
  uint8_t Seen = IsOfC ? referredTo(Context, Rows) : spelled(Context, Rows, Texts);
  if (llvm::any_of(Texts, [](StringRef T) { return T.contains(Annotation); }))
    Seen |= MentionsWaiting;
  return Seen & MentionsWaiting ? Seen : uint8_t(0);
}

} // namespace taskleak
