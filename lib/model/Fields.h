// How the value of one key is read into one field of a row.
//   {"object", param<&CallModel::Object>}
// Each function here reads one kind of value and says what it expected.

#pragma once

#include "model/Model.h"
#include "model/Tree.h"
#include "model/Words.h"

namespace taskleak {

/// One key that a row understands and what reads its value.
template <typename Row> struct Field {
  llvm::StringLiteral Key;
  void (*Read)(const Node &, Row &, Problems &);
};

void readText(const Node &From, std::string &To, Problems &Out);
void readTexts(const Node &From, std::vector<std::string> &To, Problems &Out);
void readNumber(const Node &From, int64_t &To, Problems &Out);
void readBool(const Node &From, bool &To, Problems &Out);
void readFlags(const Node &From, Flags &To, Problems &Out);
void readCount(const Node &From, CountSource &To, Problems &Out);
void readInfinite(const Node &From, Infinite &To, Problems &Out);
void readOutcomes(const Node &From, std::vector<OutcomeRow> &To, Problems &Out);
/// A parameter's position, 0 or more.
void readParam(const Node &From, int &To, Problems &Out);

/// "unknown WHAT 'recieve'; did you mean 'receive'?"
void reportUnknown(unsigned Line, llvm::StringRef What, llvm::StringRef Wrong,
                   llvm::ArrayRef<llvm::StringRef> Valid, Problems &Out);

template <typename E>
void readWord(const Node &From, llvm::StringRef What, llvm::ArrayRef<Word<E>> Words, E &To,
              Problems &Out) {
  std::string Text;
  readText(From, Text, Out);
  std::vector<llvm::StringRef> Valid;
  for (const Word<E> &W : Words) {
    if (W.Text == Text) {
      To = W.Value;
      return;
    }
    Valid.push_back(W.Text);
  }
  if (From.isScalar())
    reportUnknown(From.Line, What, Text, Valid, Out);
}

/// Reads each entry of a map by the table; unknown keys are reported.
template <typename Row>
void readFields(const Node &Map, llvm::ArrayRef<Field<Row>> Fields, llvm::StringRef What, Row &To,
                Problems &Out) {
  if (!Map.isMap()) {
    Out.add(Map.Line, "a " + What + " must be written as key: value");
    return;
  }
  std::vector<llvm::StringRef> Valid;
  for (const Field<Row> &F : Fields)
    Valid.push_back(F.Key);
  for (const Node &Item : Map.Items) {
    const Field<Row> *Found = nullptr;
    for (const Field<Row> &F : Fields)
      if (F.Key == Item.Key)
        Found = &F;
    if (Found)
      Found->Read(Item, To, Out);
    else
      reportUnknown(Item.Line, ("key of a " + What).str(), Item.Key, Valid, Out);
  }
}

} // namespace taskleak
