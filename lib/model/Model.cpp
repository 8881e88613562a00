// The store of rows: which names have which, and which of them wins.

#include "model/Model.h"

#include "model/EmbeddedFile.h"
#include "model/Rows.h"
#include "model/Tree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"

#include <deque>

using llvm::StringRef;

namespace taskleak {

extern const EmbeddedFile BuiltinModels[];
extern const unsigned BuiltinModelsCount;

namespace {

/// A row and how it ranks among rows of its name.
template <typename Row> struct Entry {
  Row Model;
  unsigned Layer = 0; ///< 0: shipped; each file of the user's is a layer above.
  bool Replaced = false;
};

} // namespace

struct Model::Rows {
  std::deque<Entry<TypeModel>> Types;
  std::deque<Entry<CallModel>> Calls;
  llvm::StringMap<size_t> TypeByName;
  llvm::StringMap<std::vector<size_t>> CallsByName;
  llvm::StringSet<> Identifiers;
  std::vector<Source> Sources;

  void addType(TypeModel Type, unsigned Layer, Problems &Out);
  void addCall(CallModel Call, unsigned Layer, Problems &Out);
  void read(StringRef File, StringRef Text, unsigned Layer, Problems &Out);
  bool isBefore(size_t A, size_t B) const;
};

static bool sameOverload(const CallModel &A, const CallModel &B) {
  return A.Params == B.Params && A.Args == B.Args;
}

static std::string alreadyGiven(StringRef Name, unsigned Line) {
  return ("'" + Name + "' has such a row already, at line " + llvm::Twine(Line)).str();
}

void Model::Rows::addType(TypeModel Type, unsigned Layer, Problems &Out) {
  std::vector<std::string> Names = Type.Aliases;
  Names.push_back(Type.Name);
  for (const std::string &Name : Names) {
    auto [At, New] = TypeByName.try_emplace(Name, Types.size());
    if (!New) {
      Entry<TypeModel> &Old = Types[At->second];
      if (Old.Model.File == Type.File && Old.Layer == Layer)
        Out.add(Type.Line, alreadyGiven(Name, Old.Model.Line));
      Old.Replaced |= Old.Model.Name == Type.Name;
      At->second = Types.size();
    }
    Identifiers.insert(lastPart(Name));
  }
  Types.push_back({std::move(Type), Layer});
}

/// The user's rows before shipped ones, those that say more about the overload
/// before those that say less, later ones before earlier ones.
bool Model::Rows::isBefore(size_t A, size_t B) const {
  auto Rank = [&](size_t I) {
    const Entry<CallModel> &E = Calls[I];
    unsigned Told = 2 * !E.Model.Params.empty() + E.Model.Args.has_value();
    return std::tuple(E.Layer, Told, I);
  };
  return Rank(A) > Rank(B);
}

void Model::Rows::addCall(CallModel Call, unsigned Layer, Problems &Out) {
  std::vector<size_t> &Same = CallsByName[Call.Name];
  for (size_t &I : Same) {
    Entry<CallModel> &Old = Calls[I];
    if (!sameOverload(Old.Model, Call))
      continue;
    if (Old.Model.File == Call.File && Old.Layer == Layer)
      Out.add(Call.Line, alreadyGiven(Call.Name, Old.Model.Line));
    Old.Replaced = true;
  }
  llvm::erase_if(Same, [&](size_t I) { return Calls[I].Replaced; });
  Identifiers.insert(lastPart(Call.Name));
  Same.push_back(Calls.size());
  Calls.push_back({std::move(Call), Layer});
  llvm::sort(Same, [&](size_t A, size_t B) { return isBefore(A, B); });
}

void Model::Rows::read(StringRef File, StringRef Text, unsigned Layer, Problems &Out) {
  ModelFile Read = readModelFile(parseTree(Text, Out), Out);
  for (TypeModel &Type : Read.Types)
    addType(std::move(Type), Layer, Out);
  for (CallModel &Call : Read.Calls) {
    Call.Shipped = Layer == 0;
    addCall(std::move(Call), Layer, Out);
  }
  Sources.push_back({File.str(), Read.Library, Read.Headers});
}

Model::Model() : Data(std::make_unique<Rows>()) {}
Model::Model(Model &&) = default;
Model &Model::operator=(Model &&) = default;
Model::~Model() = default;

const Model &Model::builtin() {
  static const Model Shipped = [] {
    Model M;
    for (unsigned I = 0; I != BuiltinModelsCount; ++I) {
      Problems Found(BuiltinModels[I].Name);
      M.Data->read(BuiltinModels[I].Name, BuiltinModels[I].Text, /*Layer=*/0, Found);
      // The build's own file is wrong: nothing that a user could mend.
      if (!Found.empty())
        llvm::report_fatal_error(llvm::Twine(Found.all().front()), /*gen_crash_diag=*/false);
    }
    return M;
  }();
  return Shipped;
}

Model Model::withBuiltin() {
  Model M;
  *M.Data = *builtin().Data;
  return M;
}

llvm::Error Model::add(StringRef FileName, StringRef Text) {
  Problems Found(FileName);
  // Read beside, so that a refused file leaves no rows behind.
  Rows Next = *Data;
  Next.read(FileName, Text, /*Layer=*/Data->Sources.size() + 1, Found);
  if (!Found.empty())
    return llvm::createStringError(llvm::join(Found.all(), "\n"));
  *Data = std::move(Next);
  return llvm::Error::success();
}

llvm::Error Model::addFile(StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return llvm::createStringError(Path + ": cannot read model file: " +
                                   Buffer.getError().message());
  return add(Path, (*Buffer)->getBuffer());
}

const TypeModel *Model::type(StringRef Name) const {
  auto At = Data->TypeByName.find(Name);
  return At == Data->TypeByName.end() ? nullptr : &Data->Types[At->second].Model;
}

std::vector<const CallModel *> Model::calls(StringRef Name) const {
  std::vector<const CallModel *> Found;
  auto Collect = [&](StringRef Of) {
    auto At = Data->CallsByName.find(Of);
    if (At != Data->CallsByName.end())
      for (size_t I : At->second)
        Found.push_back(&Data->Calls[I].Model);
  };
  Collect(Name);
  if (!Found.empty())
    return Found;
  // A member of a type by another of the type's names; its constructor is
  // called like the name in use.
  StringRef Class = qualifier(Name), Member = lastPart(Name);
  const TypeModel *Type = Class.empty() ? nullptr : type(Class);
  if (Type && Type->Name != Class) {
    bool IsConstructor = Member == lastPart(Class);
    Collect(Type->Name + "::" + (IsConstructor ? lastPart(Type->Name) : Member).str());
  }
  return Found;
}

bool Model::hasIdentifier(StringRef Identifier) const {
  return Data->Identifiers.contains(Identifier);
}

std::vector<const TypeModel *> Model::allTypes() const {
  std::vector<const TypeModel *> All;
  for (const auto &E : Data->Types)
    if (!E.Replaced)
      All.push_back(&E.Model);
  return All;
}

std::vector<const CallModel *> Model::allCalls() const {
  std::vector<const CallModel *> All;
  for (const auto &E : Data->Calls)
    if (!E.Replaced)
      All.push_back(&E.Model);
  return All;
}

llvm::ArrayRef<Model::Source> Model::sources() const { return Data->Sources; }

} // namespace taskleak
