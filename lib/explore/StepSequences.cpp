// Containers.

#include "explore/Machine.h"

namespace taskleak {

void Machine::sequence(const Code &C) {
  constexpr size_t MostElements = 64;
  View V = view();
  Value A = V.arg(0), B = V.arg(1);
  if (C.op() == Op::Sequence) {
    Object O;
    O.S = Body::Sequence;
    O.Site = C.Site;
    setResult(C, Value::ref(W.add(std::move(O))));
    return advance();
  }
  const Object *S = W.find(A);
  if (!S || S->S != Body::Sequence || S->Escaped) {
    // What is put into a container out of sight is out of sight.
    if (C.op() == Op::SetAt)
      B = V.arg(2);
    if (C.op() == Op::Append || C.op() == Op::Prepend || C.op() == Op::SetAt)
      W.escape(B);
    setResult(C, Value());
    return advance();
  }
  ObjectId Id = A.object();
  touchWhole(Id);
  switch (C.op()) {
  case Op::Append:
    W.edit(Id).Items.push_back({B});
    keep(Id, B);
    break;
  case Op::Prepend:
    W.edit(Id).Items.insert(W.edit(Id).Items.begin(), Item{B});
    keep(Id, B);
    break;
  case Op::TakeFirst:
  case Op::TakeLast:
    take(C, Id);
    break;
  case Op::At:
  case Op::SetAt:
    element(C, Id);
    break;
  case Op::Size:
    setResult(C, Value::integer(int64_t(W.find(Id)->Items.size())));
    break;
  case Op::Clear:
    W.edit(Id).Items.clear();
    break;
  default:
    break;
  }
  if (W.find(Id)->Items.size() > MostElements)
    truncate("elements");
  if (State == Ending::Runs)
    advance();
}

void Machine::take(const Code &C, ObjectId S) {
  auto &Items = W.edit(S).Items;
  if (Items.empty()) {
    State = Ending::Over;
    return;
  }
  bool First = C.op() == Op::TakeFirst;
  Value Taken = First ? Items.front().V : Items.back().V;
  Items.erase(First ? Items.begin() : Items.end() - 1);
  setResult(C, Taken);
}

/// Reads or writes an element. One that does not exist is no path of a correct
/// program; of one that is not known nothing is known.
void Machine::element(const Code &C, ObjectId S) {
  Value Index = view().arg(1), New = view().arg(2);
  size_t Size = W.find(S)->Items.size();
  if (Index.isZero())
    Index = Value::integer(0);
  if (!Index.isInt()) {
    setResult(C, Value());
    if (C.op() == Op::SetAt)
      for (Item &I : W.edit(S).Items)
        I.V = Value();
    return;
  }
  size_t At = Index.N == -1 ? Size - 1 : size_t(Index.N);
  if (Size == 0 || Index.N < -1 || At >= Size) {
    State = Ending::Over;
    return;
  }
  if (C.op() == Op::At)
    return setResult(C, W.find(S)->Items[At].V);
  W.edit(S).Items[At].V = New;
  keep(S, New);
}

} // namespace taskleak
