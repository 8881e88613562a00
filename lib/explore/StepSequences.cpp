// Containers.

#include "explore/Machine.h"
#include "explore/Pointers.h"

namespace taskleak {

void Machine::sequence(const Code &C) {
  constexpr size_t MostElements = 32;
  Value A = view().arg(0);
  if (C.op() == Op::Sequence) {
    Object O;
    O.S = Body::Sequence;
    O.Site = C.Site;
    setResult(C, Value::ref(W.add(std::move(O))));
    return advance();
  }
  const Object *S = pointedObject(W, A);
  bool IsSingle = S && (S->S == Body::Record || S->S == Body::Sync);
  if (IsSingle && C.op() == Op::At && view().arg(1).isZero()) {
    setResult(C, A); // What a pointer leads to is the first of an array of one.
    return advance();
  }
  if (!S || S->S != Body::Sequence || S->Escaped) {
    unknownSequence(C);
    return advance();
  }
  touchWhole(A.object());
  By.Reads |= C.op() != Op::Append && C.op() != Op::Prepend && C.op() != Op::Clear;
  onSequence(C, A.object());
  bool IsLong = W.find(A)->Items.size() > MostElements;
  if (IsLong && W.Tasks.size() == 1) {
    W.escape(A, /*Foreign=*/true); // Nobody else is there to take anything out of it.
  } else if (IsLong) {
    State = Ending::Endless;
    By.Grows = true;
  }
  if (State == Ending::Runs)
    advance();
}

/// What is put into a container out of sight is out of sight.
void Machine::unknownSequence(const Code &C) {
  View V = view();
  const Object *S = W.find(V.arg(0));
  bool IsForeign = S ? S->Foreign : V.arg(0).isForeign();
  if (C.op() == Op::Append || C.op() == Op::Prepend)
    W.escape(V.arg(1), IsForeign);
  else if (C.op() == Op::SetAt)
    W.escape(V.arg(2), IsForeign);
  else if (C.op() == Op::Size && V.arg(0).isSymbol())
    opaque(C, {Term::Kind::Size, C.Text, 0, C.Site, {V.arg(0)}}); // Asked twice, it is the same.
  else if (C.op() == Op::Size && V.arg(0).isNull())
    setResult(C, Value::integer(0)); // The empty string.
  else if (C.op() == Op::At && V.arg(1).isZero() && W.find(V.arg(0)))
    setResult(C, only(V.arg(0))); // A pointer to one object leads to its first.
  else
    setResult(C, IsForeign ? Value::foreign() : S ? untold(*S) : Value());
}

/// What a pointer to something that is no array points at.
Value Machine::only(Value Pointer) const {
  const Object *O = W.find(Pointer);
  if (O->Escaped || Pointer.K == Value::Kind::Address)
    return untold(*O);
  return O->S == Body::Cell ? O->Items[0].V : Pointer;
}

void Machine::onSequence(const Code &C, ObjectId Id) {
  noteUse(C, Id);
  Value New = view().arg(1);
  switch (C.op()) {
  case Op::Append:
    W.edit(Id).Items.push_back({New});
    return keep(Id, New);
  case Op::Prepend:
    W.edit(Id).Items.insert(W.edit(Id).Items.begin(), Item{New});
    return keep(Id, New);
  case Op::TakeFirst:
  case Op::TakeLast:
    return take(C, Id);
  case Op::At:
  case Op::SetAt:
  case Op::RemoveAt:
    return element(C, Id);
  case Op::Size:
    return setResult(C, Value::integer(int64_t(W.find(Id)->Items.size())));
  case Op::Clear:
    W.edit(Id).Items.clear();
    return;
  default:
    return;
  }
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
  if (Value Base = view().arg(0); Base.K == Value::Kind::Address && Index.isInt())
    Index = Value::integer(Base.Field + Index.N); // p[1]
  if (!Index.isInt()) {
    if (C.op() != Op::SetAt) // What is done to it may be done to any of them.
      for (size_t I = 0; I < Size; ++I)
        W.escape(W.find(S)->Items[I].V, Index.isForeign());
    setResult(C, Index.isForeign() ? Index : Value());
    if (C.op() == Op::SetAt)
      for (Item &I : W.edit(S).Items)
        I.V = Value();
    else if (C.op() == Op::RemoveAt && Size > 0)
      W.edit(S).Items.pop_back(); // Which one, nobody knows; but there is one fewer.
    return;
  }
  size_t At = Index.N == -1 ? Size - 1 : size_t(Index.N);
  if (Size == 0 || Index.N < -1 || At >= Size) {
    State = Ending::Over;
    return;
  }
  if (C.op() != Op::SetAt)
    setResult(C, W.find(S)->Items[At].V);
  if (C.op() == Op::RemoveAt)
    W.edit(S).Items.erase(W.edit(S).Items.begin() + long(At));
  if (C.op() != Op::SetAt)
    return;
  W.edit(S).Items[At].V = New;
  keep(S, New);
}

} // namespace taskleak
