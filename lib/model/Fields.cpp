// Reading of single values; see Fields.h.

#include "model/Fields.h"

using llvm::ArrayRef;
using llvm::StringRef;

namespace taskleak {

void reportUnknown(unsigned Line, StringRef What, StringRef Wrong, ArrayRef<StringRef> Valid,
                   Problems &Out) {
  StringRef Near = nearest(Wrong, Valid);
  std::string Mend;
  if (!Near.empty()) {
    Mend = "; did you mean '" + Near.str() + "'?";
  } else if (Valid.size() <= 16) {
    Mend = "; expected one of";
    for (StringRef Word : Valid)
      Mend += (Word == Valid.front() ? " " : ", ") + Word.str();
  }
  Out.add(Line, "unknown " + What + " '" + Wrong + "'" + Mend);
}

void readText(const Node &From, std::string &To, Problems &Out) {
  if (From.isScalar() && !From.Text.empty())
    To = From.Text;
  else
    Out.add(From.Line, "'" + From.Key + "' must be a single word");
}

void readTexts(const Node &From, std::vector<std::string> &To, Problems &Out) {
  To.clear();
  if (From.isScalar() && !From.Text.empty()) {
    To.push_back(From.Text);
    return;
  }
  if (From.K != Node::Kind::List)
    Out.add(From.Line, "'" + From.Key + "' must be a word or a list of words");
  for (const Node &Item : From.Items) {
    if (Item.isScalar() && !Item.Text.empty())
      To.push_back(Item.Text);
    else
      Out.add(Item.Line, "'" + From.Key + "' must be a list of words");
  }
}

void readNumber(const Node &From, int64_t &To, Problems &Out) {
  if (!From.isScalar() || StringRef(From.Text).getAsInteger(0, To))
    Out.add(From.Line, "'" + From.Key + "' must be a number");
}

void readBool(const Node &From, bool &To, Problems &Out) {
  if (From.Text == "true")
    To = true;
  else if (From.Text == "false")
    To = false;
  else
    Out.add(From.Line, "'" + From.Key + "' must be true or false");
}

void readParam(const Node &From, int &To, Problems &Out) {
  unsigned Position = 0;
  if (From.isScalar() && !StringRef(From.Text).getAsInteger(10, Position) && Position < 64)
    To = int(Position);
  else
    Out.add(From.Line, "'" + From.Key + "' must be the position of a parameter, from 0");
}

void readFlags(const Node &From, Flags &To, Problems &Out) {
  std::vector<std::string> Texts;
  readTexts(From, Texts, Out);
  std::vector<StringRef> Valid;
  for (const Word<Flag> &W : flagWords())
    Valid.push_back(W.Text);
  for (const std::string &Text : Texts) {
    const auto *Found =
        llvm::find_if(flagWords(), [&](const Word<Flag> &W) { return W.Text == Text; });
    if (Found != flagWords().end())
      To.set(Found->Value);
    else
      reportUnknown(From.Line, "flag", Text, Valid, Out);
  }
}

static const Field<CountSource> CountFields[] = {
    {"param", [](const Node &N, CountSource &To, Problems &Out) { readParam(N, To.Param, Out); }},
    {"template-arg",
     [](const Node &N, CountSource &To, Problems &Out) { readParam(N, To.TemplateArg, Out); }},
    {"value",
     [](const Node &N, CountSource &To, Problems &Out) {
       int64_t Value = 0;
       readNumber(N, Value, Out);
       To.Value = Value;
     }},
    {"offset",
     [](const Node &N, CountSource &To, Problems &Out) {
       int64_t Offset = 0;
       readNumber(N, Offset, Out);
       To.Offset = int(Offset);
     }},
};

void readCount(const Node &From, CountSource &To, Problems &Out) {
  if (!From.isScalar())
    return readFields<CountSource>(From, CountFields, "count", To, Out);
  int64_t Value = 0;
  readNumber(From, Value, Out);
  To.Value = Value;
}

static const Field<Infinite> InfiniteFields[] = {
    {"value",
     [](const Node &N, Infinite &To, Problems &Out) {
       int64_t Value = 0;
       readNumber(N, Value, Out);
       To.Value = Value;
     }},
    {"null", [](const Node &N, Infinite &To, Problems &Out) { readBool(N, To.Null, Out); }},
    {"negative", [](const Node &N, Infinite &To, Problems &Out) { readBool(N, To.Negative, Out); }},
};

void readInfinite(const Node &From, Infinite &To, Problems &Out) {
  if (From.isMap())
    return readFields<Infinite>(From, InfiniteFields, "time-out", To, Out);
  int64_t Value = 0;
  if (From.Text == "null")
    To.Null = true;
  else if (From.Text == "negative")
    To.Negative = true;
  else if (From.isScalar() && !StringRef(From.Text).getAsInteger(0, Value))
    To.Value = Value;
  else
    Out.add(From.Line, "'" + From.Key + "' must be null, negative or a number");
}

void readOutcomes(const Node &From, std::vector<OutcomeRow> &To, Problems &Out) {
  if (!From.isMap()) {
    Out.add(From.Line, "'outcomes' must be written as {ok: VALUE, closed: throw}");
    return;
  }
  for (const Node &Item : From.Items) {
    OutcomeRow Row;
    Node Name = Item;
    Name.Text = Item.Key;
    Name.K = Node::Kind::Scalar;
    readWord(Name, "outcome", outcomeWords(), Row.When, Out);
    readText(Item, Row.Value, Out);
    Row.Throws = Row.Value == "throw";
    if (Row.Throws)
      Row.Value.clear();
    To.push_back(std::move(Row));
  }
}

} // namespace taskleak
