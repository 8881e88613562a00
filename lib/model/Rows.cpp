// The keys of types and calls; see Rows.h.

#include "model/Rows.h"

#include "model/Fields.h"

using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

namespace taskleak {

StringRef lastPart(StringRef Name) {
  size_t At = Name.rfind("::");
  return At == StringRef::npos ? Name : Name.substr(At + 2);
}

StringRef qualifier(StringRef Name) {
  size_t At = Name.rfind("::");
  return At == StringRef::npos ? StringRef() : Name.substr(0, At);
}

namespace {

/// A type or call as written, before its names are spread over rows.
struct TypeEntry {
  TypeModel Row;
  std::vector<std::string> Names;
  const Node *Calls = nullptr;
};
struct CallEntry {
  CallModel Row;
  std::vector<std::string> Names;
};

template <auto Member> void param(const Node &N, CallEntry &To, Problems &Out) {
  readParam(N, To.Row.*Member, Out);
}
template <auto Member> void typeBool(const Node &N, TypeEntry &To, Problems &Out) {
  readBool(N, To.Row.*Member, Out);
}
template <auto Member> void callBool(const Node &N, CallEntry &To, Problems &Out) {
  readBool(N, To.Row.*Member, Out);
}

void readGuard(const Node &N, CallEntry &To, Problems &Out) {
  static const Word<StringRef> Words[] = {{"adopt", "adopt"}, {"defer", "defer"}, {"try", "try"}};
  StringRef Guard;
  readWord<StringRef>(N, "guard", Words, Guard, Out);
  To.Row.Guard = Guard.str();
}

void readYields(const Node &N, CallEntry &To, Problems &Out) {
  static const Word<StringRef> Words[] = {{"task", "task"},     {"event", "event"},
                                          {"value", "value"},   {"status", "status"},
                                          {"object", "object"}, {"none", "none"},
                                          {"foreign", "foreign"}};
  StringRef Yields;
  readWord<StringRef>(N, "result", Words, Yields, Out);
  To.Row.Yields = Yields.str();
}

void readArgs(const Node &N, CallEntry &To, Problems &Out) {
  int Args = 0;
  readParam(N, Args, Out);
  To.Row.Args = unsigned(Args);
}

const Field<TypeEntry> TypeFields[] = {
    {"name", [](const Node &N, TypeEntry &To, Problems &Out) { readTexts(N, To.Names, Out); }},
    {"aliases",
     [](const Node &N, TypeEntry &To, Problems &Out) { readTexts(N, To.Row.Aliases, Out); }},
    {"shape",
     [](const Node &N, TypeEntry &To, Problems &Out) {
       readWord(N, "shape", shapeWords(), To.Row.Shape, Out);
     }},
    {"kind",
     [](const Node &N, TypeEntry &To, Problems &Out) {
       readWord(N, "kind", kindWords(), To.Row.Kind, Out);
     }},
    {"flags", [](const Node &N, TypeEntry &To, Problems &Out) { readFlags(N, To.Row.Flag, Out); }},
    {"destructor",
     [](const Node &N, TypeEntry &To, Problems &Out) {
       readWord(N, "destructor effect", destructorWords(), To.Row.Destructor, Out);
     }},
    {"capacity",
     [](const Node &N, TypeEntry &To, Problems &Out) { readCount(N, To.Row.Capacity, Out); }},
    {"shared", typeBool<&TypeModel::Shared>},
    {"must-keep", typeBool<&TypeModel::MustKeep>},
    {"ambient", typeBool<&TypeModel::Ambient>},
    {"cooperative", typeBool<&TypeModel::Cooperative>},
    {"calls", [](const Node &N, TypeEntry &To, Problems &) { To.Calls = &N; }},
};

const Field<CallEntry> CallFields[] = {
    {"name", [](const Node &N, CallEntry &To, Problems &Out) { readTexts(N, To.Names, Out); }},
    {"role", [](const Node &N, CallEntry &To,
                Problems &Out) { readWord(N, "role", roleWords(), To.Row.Role, Out); }},
    {"params",
     [](const Node &N, CallEntry &To, Problems &Out) { readTexts(N, To.Row.Params, Out); }},
    {"args", readArgs},
    {"object", param<&CallModel::Object>},
    {"value", param<&CallModel::Value>},
    {"into", param<&CallModel::Into>},
    {"lock", param<&CallModel::LockParam>},
    {"predicate", param<&CallModel::Predicate>},
    {"timeout", param<&CallModel::Timeout>},
    {"cancel", param<&CallModel::Cancel>},
    {"callable", param<&CallModel::Callable>},
    {"arg", param<&CallModel::Arg>},
    {"executor", param<&CallModel::ExecutorParam>},
    {"completion", param<&CallModel::Completion>},
    {"count", [](const Node &N, CallEntry &To, Problems &Out) { readCount(N, To.Row.Count, Out); }},
    {"nonblocking",
     [](const Node &N, CallEntry &To, Problems &Out) { readCount(N, To.Row.NonBlocking, Out); }},
    {"at-once",
     [](const Node &N, CallEntry &To, Problems &Out) { readCount(N, To.Row.AtOnce, Out); }},
    {"infinite",
     [](const Node &N, CallEntry &To, Problems &Out) { readInfinite(N, To.Row.Never, Out); }},
    {"blocks",
     [](const Node &N, CallEntry &To, Problems &Out) {
       readWord(N, "kind of blocking", blockingWords(), To.Row.Blocks, Out);
     }},
    {"style", [](const Node &N, CallEntry &To,
                 Problems &Out) { readWord(N, "style", styleWords(), To.Row.How, Out); }},
    {"kind", [](const Node &N, CallEntry &To,
                Problems &Out) { readWord(N, "kind", kindWords(), To.Row.Kind, Out); }},
    {"flags", [](const Node &N, CallEntry &To, Problems &Out) { readFlags(N, To.Row.Flag, Out); }},
    {"guard", readGuard},
    {"part", [](const Node &N, CallEntry &To, Problems &Out) { readText(N, To.Row.Part, Out); }},
    {"method",
     [](const Node &N, CallEntry &To, Problems &Out) { readText(N, To.Row.Method, Out); }},
    {"yields", readYields},
    {"outcomes",
     [](const Node &N, CallEntry &To, Problems &Out) { readOutcomes(N, To.Row.Outcomes, Out); }},
    {"passes-token", callBool<&CallModel::PassesToken>},
    {"may-throw", callBool<&CallModel::MayThrow>},
    {"must-keep", callBool<&CallModel::MustKeep>},
    {"lazy", callBool<&CallModel::Lazy>},
    {"constructs", callBool<&CallModel::Constructs>},
    {"else-outside", callBool<&CallModel::ElseOutside>},
};

class FileReader {
  ModelFile Result;
  Problems &Out;

  void checkName(StringRef Name, unsigned Line, bool IsMember);
  void readType(const Node &From);
  void readCall(const Node &From, ArrayRef<std::string> Classes);
  template <typename Read> void eachOf(const Node &List, Read ReadOne);

public:
  explicit FileReader(Problems &Out) : Out(Out) {}
  ModelFile read(const Node &Root);
};

} // namespace

void FileReader::checkName(StringRef Name, unsigned Line, bool IsMember) {
  StringRef Last = lastPart(Name);
  if (Name.starts_with("::"))
    Out.add(Line, "name '" + Name + "' must not begin with '::'");
  else if (Last.empty())
    Out.add(Line, "name '" + Name + "' is incomplete");
  else if (Last.starts_with("~"))
    Out.add(Line, "a destructor is no call; say what it does by the type's 'destructor'");
  else if (!Last.starts_with("operator") && Name.contains('<'))
    Out.add(Line, "name '" + Name + "' must be written without template arguments, as '" +
                      Name.take_until([](char C) { return C == '<'; }) + "'");
  else if (IsMember && Name.contains("::"))
    Out.add(Line, "inside a type, name '" + Name + "' must be a member's plain name");
}

/// Starting what is not named starts nothing.
static bool needsCallable(CallRole R) {
  return R == CallRole::Spawn || R == CallRole::Package || R == CallRole::OnRequest;
}

void FileReader::readCall(const Node &From, ArrayRef<std::string> Classes) {
  CallEntry Entry;
  Entry.Row.File = Out.file().str();
  Entry.Row.Line = From.Line;
  readFields<CallEntry>(From, CallFields, "call", Entry, Out);
  if (From.isMap() && Entry.Names.empty())
    return Out.add(From.Line, "a call needs a 'name'");
  if (From.isMap() && !From.find("role"))
    return Out.add(From.Line, "call '" + Entry.Names.front() + "' needs a 'role'");
  // A thread that runs its own method, a pool that was made with its function, a lazy task.
  bool HasOwn = Entry.Row.Role == CallRole::Spawn &&
                (!Entry.Row.Method.empty() || Entry.Row.Object >= 0 || Entry.Row.Lazy);
  if (needsCallable(Entry.Row.Role) && Entry.Row.Callable < 0 && !HasOwn)
    Out.add(From.Line, "role '" + spelling(Entry.Row.Role) + "' of call '" + Entry.Names.front() +
                           "' needs 'callable', the parameter that is run");
  for (const std::string &Name : Entry.Names) {
    checkName(Name, From.Line, !Classes.empty());
    CallModel Row = Entry.Row;
    Row.Name = Name;
    if (Classes.empty())
      Result.Calls.push_back(Row);
    for (const std::string &Class : Classes) {
      Row.Name = Class + "::" + Name;
      Result.Calls.push_back(Row);
    }
  }
}

void FileReader::readType(const Node &From) {
  TypeEntry Entry;
  Entry.Row.File = Out.file().str();
  Entry.Row.Line = From.Line;
  readFields<TypeEntry>(From, TypeFields, "type", Entry, Out);
  if (From.isMap() && Entry.Names.empty())
    return Out.add(From.Line, "a type needs a 'name'");
  if (Entry.Names.size() > 1 && !Entry.Row.Aliases.empty())
    Out.add(From.Line, "'aliases' need a type with a single name");
  for (const std::string &Name : Entry.Names) {
    checkName(Name, From.Line, false);
    TypeModel Row = Entry.Row;
    Row.Name = Name;
    Result.Types.push_back(Row);
  }
  if (Entry.Calls)
    eachOf(*Entry.Calls, [&](const Node &Call) { readCall(Call, Entry.Names); });
}

template <typename Read> void FileReader::eachOf(const Node &List, Read ReadOne) {
  if (List.K != Node::Kind::List && List.K != Node::Kind::Empty)
    Out.add(List.Line, "'" + List.Key + "' must be a list");
  else
    for (const Node &Item : List.Items)
      ReadOne(Item);
}

ModelFile FileReader::read(const Node &Root) {
  if (Root.K == Node::Kind::Empty && !Out.empty())
    return std::move(Result);
  if (!Root.isMap()) {
    Out.add(Root.Line ? Root.Line : 1, "a model file must begin with 'library: NAME'");
    return std::move(Result);
  }
  static const StringRef Keys[] = {"library", "headers", "types", "calls"};
  for (const Node &Item : Root.Items) {
    if (Item.Key == "library")
      readText(Item, Result.Library, Out);
    else if (Item.Key == "headers")
      readTexts(Item, Result.Headers, Out);
    else if (Item.Key == "types")
      eachOf(Item, [&](const Node &Type) { readType(Type); });
    else if (Item.Key == "calls")
      eachOf(Item, [&](const Node &Call) { readCall(Call, {}); });
    else
      reportUnknown(Item.Line, "key of a model file", Item.Key, Keys, Out);
  }
  if (!Root.find("library"))
    Out.add(Root.Line, "a model file needs 'library: NAME'");
  return std::move(Result);
}

ModelFile readModelFile(const Node &Root, Problems &Out) { return FileReader(Out).read(Root); }

CallModel readCallAnnotation(const Node &Row, Problems &Out) {
  CallEntry Entry;
  Entry.Row.File = Out.file().str();
  Entry.Row.Line = Row.Line;
  readFields<CallEntry>(Row, CallFields, "call", Entry, Out);
  return Entry.Row;
}

TypeModel readTypeAnnotation(const Node &Row, Problems &Out) {
  TypeEntry Entry;
  Entry.Row.File = Out.file().str();
  Entry.Row.Line = Row.Line;
  readFields<TypeEntry>(Row, TypeFields, "type", Entry, Out);
  return Entry.Row;
}

template <typename Row> static std::vector<StringRef> keysOf(ArrayRef<Field<Row>> Fields) {
  std::vector<StringRef> Keys;
  for (const Field<Row> &F : Fields)
    Keys.push_back(F.Key);
  llvm::sort(Keys);
  return Keys;
}

std::vector<StringRef> typeKeys() { return keysOf<TypeEntry>(TypeFields); }
std::vector<StringRef> callKeys() { return keysOf<CallEntry>(CallFields); }

} // namespace taskleak
