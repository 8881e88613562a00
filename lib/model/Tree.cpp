// Reading of YAML and of annotations into trees; see Tree.h.

#include "model/Tree.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using llvm::StringRef;

namespace taskleak {

const Node *Node::find(StringRef Name) const {
  for (const Node &Item : Items)
    if (K == Kind::Map && Item.Key == Name)
      return &Item;
  return nullptr;
}

void Problems::add(unsigned Line, const llvm::Twine &Message) {
  Lines.push_back((llvm::Twine(File) + ":" + llvm::Twine(Line) + ": " + Message).str());
}

namespace {

class TreeReader {
  llvm::SourceMgr &Sources;
  Problems &Out;

  unsigned line(llvm::yaml::Node &From) {
    return Sources.getLineAndColumn(From.getSourceRange().Start).first;
  }
  Node readMap(llvm::yaml::MappingNode &From);

public:
  TreeReader(llvm::SourceMgr &Sources, Problems &Out) : Sources(Sources), Out(Out) {}
  Node read(llvm::yaml::Node *From);
};

} // namespace

Node TreeReader::readMap(llvm::yaml::MappingNode &From) {
  Node Map;
  Map.K = Node::Kind::Map;
  for (llvm::yaml::KeyValueNode &Pair : From) {
    Node Key = read(Pair.getKey());
    Node Value = read(Pair.getValue());
    if (!Key.isScalar()) {
      Out.add(Key.Line, "a key must be a word");
      continue;
    }
    if (Map.find(Key.Text))
      Out.add(Key.Line, "key '" + Key.Text + "' is given twice");
    Value.Key = Key.Text;
    Value.Line = Key.Line;
    Map.Items.push_back(std::move(Value));
  }
  return Map;
}

Node TreeReader::read(llvm::yaml::Node *From) {
  Node Result;
  if (!From)
    return Result;
  unsigned Line = line(*From);
  if (auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(From)) {
    llvm::SmallString<64> Storage;
    Result.K = Node::Kind::Scalar;
    Result.Text = Scalar->getValue(Storage).str();
  } else if (auto *Block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(From)) {
    Result.K = Node::Kind::Scalar;
    Result.Text = Block->getValue().str();
  } else if (auto *List = llvm::dyn_cast<llvm::yaml::SequenceNode>(From)) {
    Result.K = Node::Kind::List;
    for (llvm::yaml::Node &Item : *List)
      Result.Items.push_back(read(&Item));
  } else if (auto *Map = llvm::dyn_cast<llvm::yaml::MappingNode>(From)) {
    Result = readMap(*Map);
  } else if (llvm::isa<llvm::yaml::AliasNode>(From)) {
    Out.add(Line, "references (*name) are not understood; quote a name that begins with '*'");
  }
  Result.Line = Line;
  return Result;
}

Node parseTree(StringRef Text, Problems &Out) {
  llvm::SourceMgr Sources;
  Sources.setDiagHandler(
      [](const llvm::SMDiagnostic &D, void *To) {
        static_cast<Problems *>(To)->add(D.getLineNo(), "not YAML: " + D.getMessage());
      },
      &Out);
  llvm::yaml::Stream Stream(Text, Sources, /*ShowColors=*/false);
  auto Document = Stream.begin();
  Node Root;
  if (Document != Stream.end())
    Root = TreeReader(Sources, Out).read(Document->getRoot());
  // Only reading on brings a stray end of the text to light.
  if (Out.empty() && !Stream.failed() && Document != Stream.end() && ++Document != Stream.end())
    Out.add(1, "one document is expected, there are several");
  return Stream.failed() ? Node() : Root;
}

static Node scalar(StringRef Text, StringRef Key, unsigned Line) {
  Node Result;
  Result.K = Node::Kind::Scalar;
  Result.Text = Text.str();
  Result.Key = Key.str();
  Result.Line = Line;
  return Result;
}

static Node valueOf(StringRef Text, StringRef Key, unsigned Line) {
  if (!Text.contains(','))
    return scalar(Text, Key, Line);
  Node List = scalar("", Key, Line);
  List.K = Node::Kind::List;
  llvm::SmallVector<StringRef> Parts;
  Text.split(Parts, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts)
    List.Items.push_back(scalar(Part.trim(), "", Line));
  return List;
}

static Node &child(Node &Of, StringRef Key, unsigned Line) {
  for (Node &Item : Of.Items)
    if (Item.Key == Key && Item.isMap())
      return Item;
  Node Map = scalar("", Key, Line);
  Map.K = Node::Kind::Map;
  Of.Items.push_back(std::move(Map));
  return Of.Items.back();
}

Node parseWords(StringRef Text, StringRef FirstKey, unsigned Line, Problems &Out) {
  Node Root = scalar("", "", Line);
  Root.K = Node::Kind::Map;
  llvm::SmallVector<StringRef> Words;
  llvm::SplitString(Text, Words);
  for (StringRef Word : Words) {
    auto [Key, Value] = Word.split('=');
    bool IsFirst = Word.data() == Words.front().data();
    if (IsFirst && !Word.contains('=')) {
      Root.Items.push_back(scalar(Word, FirstKey, Line));
      continue;
    }
    if (Value.empty()) {
      Out.add(Line, "'" + Word + "' has no value; write " + Key + "=VALUE");
      continue;
    }
    auto [Outer, Inner] = Key.split('.');
    Node &Holder = Inner.empty() ? Root : child(Root, Outer, Line);
    Holder.Items.push_back(valueOf(Value, Inner.empty() ? Outer : Inner, Line));
  }
  return Root;
}

} // namespace taskleak
