// Records, cells and addresses; ownership.

#include "explore/CaptureEnds.h"
#include "explore/Machine.h"
#include "explore/Pointers.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// What a part is part of, if some code asks for that.
static void noteWhole(const Program &P, World &W, ObjectId Whole, TextId Field) {
  const Object &O = *W.find(Whole);
  if (!P.LeadToWhole.contains(Field) || !P.isEmbedded(TextId(O.N[0]), Field))
    return;
  auto At = llvm::find_if(O.Items, [&](const Item &I) { return I.Name == Field; });
  if (At != O.Items.end() && At->V.isRef() && W.find(At->V))
    W.edit(At->V.object()).Whole = Whole;
}

/// Null, and what is the whole itself, are what they are.
static Value whole(const Program &P, World &W, Value Part, TextId Field) {
  if (Part.K == Value::Kind::Address && Part.Field == Field)
    return Value::ref(Part.object());
  const Object *O = W.find(Part);
  const Object *Of = O && Part.isRef() && !O->Escaped ? W.find(Value::ref(O->Whole)) : nullptr;
  bool IsField = Of && llvm::any_of(Of->Items, [&](const Item &I) {
                   return I.Name == Field && I.V == Part;
                 });
  if (IsField)
    return Value::ref(O->Whole);
  if (Part.isNull() || (O && O->S == Body::Record && P.isEmbedded(TextId(O->N[0]), Field)))
    return Part;
  W.escape(Part, /*Foreign=*/true);
  return Value::foreign();
}

void Machine::memory(const Code &C) {
  View V = view();
  Value A = V.arg(0);
  switch (C.op()) {
  case Op::New:
  case Op::Cell:
    setResult(C, allocate(C));
    break;
  case Op::Load:
  case Op::Get:
    load(C);
    break;
  case Op::Store:
  case Op::Put:
    store(C);
    break;
  case Op::Address: {
    const Object *O = W.find(A);
    setResult(C, O && O->S == Body::Record ? Value::address(A.object(), C.Text) : Value());
    break;
  }
  case Op::Whole:
    setResult(C, whole(P, W, A, C.Text));
    break;
  case Op::Copy:
    setResult(C, copy(C, A, 0));
    break;
  case Op::Retain:
    retain(A);
    break;
  case Op::Drop:
    drop(C);
    break;
  case Op::Own:
    own(W, A, V.arg(1));
    break;
  case Op::End:
    endLife(C);
    break;
  case Op::Become:
    if (const Object *O = W.find(A); O && O->S == Body::Record)
      W.edit(A.object()).N[0] = C.Text;
    break;
  case Op::Escape:
    W.escape(A);
    break;
  default:
    return sequence(C);
  }
  if (State == Ending::Runs)
    advance();
}

Value Machine::allocate(const Code &C) {
  Object O;
  O.Site = C.Site;
  if (C.op() == Op::New) {
    O.N[0] = C.Text;
  } else {
    O.S = Body::Cell;
    O.Items.push_back({view().arg(0)});
  }
  return Value::ref(W.add(std::move(O)));
}

void Machine::retain(Value V) {
  constexpr uint16_t MostOwners = 1000;
  if (const Object *O = W.find(V); O && O->Owners < MostOwners)
    ++W.edit(V.object()).Owners;
}

/// The item of a field; made if the record has none yet.
Item *Machine::field(ObjectId Id, TextId Name) {
  Object &O = W.edit(Id);
  auto At = llvm::lower_bound(O.Items, Name,
                              [](const Item &I, TextId N) { return I.Name < N; });
  if (At == O.Items.end() || At->Name != Name)
    At = O.Items.insert(At, Item{Value(), Name});
  return At;
}

/// Whether there is something to remember about how this memory is touched.
bool Machine::isNews(const Object &O, TextId Field, ObjectId Guard) const {
  return O.Reached && Limits.Reduce && Guard == NoObject &&
         D.order(memoryKey(O, Field)) == Discipline::Order::Guarded;
}

void Machine::touchField(ObjectId Id, TextId Name) {
  const Object &O = *W.find(Id);
  auto At = llvm::find_if(O.Items, [&](const Item &I) { return I.Name == Name; });
  if (isNews(O, Name, At == O.Items.end() ? NoObject : At->Guard))
    field(Id, Name)->Guard = guardHeld(W, task());
}

/// As `touchField`, for a cell or a sequence.
void Machine::touchWhole(ObjectId Id) {
  if (isNews(*W.find(Id), 0, W.find(Id)->Guard))
    W.edit(Id).Guard = guardHeld(W, task());
}

/// What is read of an object whose values are not known.
Value Machine::untold(const Object &O) {
  return O.Foreign ? Value::foreign() : Value::given(O.Site);
}

/// A variable with static storage that is not this scenario's own.
static bool isForeignGlobal(const Code &C) {
  return C.op() == Op::Get && !C.Args.empty() && C.Args[0].K == Arg::Kind::Global;
}

void Machine::load(const Code &C) {
  View V = view();
  Value Base = C.op() == Op::Load ? pointee(W, V.arg(0)) : V.arg(0);
  TextId Name = C.op() == Op::Load ? C.Text : Base.Field;
  if (Base.isNull()) {
    State = Ending::Over;
    return;
  }
  if (C.op() == Op::Get && elementAt(W, Base)) {
    touchWhole(Base.object());
    return setResult(C, pointee(W, Base));
  }
  if (Base.isSymbol())
    return opaque(C, {Term::Kind::Load, C.Text, 0, C.Site, {Base}});
  const Object *O = W.find(Base.object());
  if (!O && isForeignGlobal(C))
    return setResult(C, Value::foreign());
  // What was handed on by value to who takes a reference.
  bool IsValue = Base.K == Value::Kind::Function || Base.isInt() || Base.isText();
  bool IsItself = C.op() == Op::Get && IsValue;
  if (!O)
    return setResult(C, IsItself || Base.isForeign() ? Base : Value());
  bool IsField = C.op() == Op::Load || Base.K == Value::Kind::Address;
  // Dereferencing a pointer to an object is the object.
  if (!IsField && O->S != Body::Cell)
    return setResult(C, Base);
  if (O->Escaped || (IsField && O->S != Body::Record))
    return setResult(C, untold(*O));
  noteUse(C, Base.object());
  if (!IsField) {
    touchWhole(Base.object());
    return setResult(C, W.find(Base.object())->Items[0].V);
  }
  auto At = llvm::find_if(O->Items, [&](const Item &I) { return I.Name == Name; });
  setResult(C, At == O->Items.end() ? Value() : At->V);
  touchField(Base.object(), Name);
}

void Machine::store(const Code &C) {
  View V = view();
  Value Base = C.op() == Op::Store ? pointee(W, V.arg(0)) : V.arg(0), New = V.arg(1);
  TextId Name = C.op() == Op::Store ? C.Text : Base.Field;
  if (Base.isNull()) {
    State = Ending::Over;
    return;
  }
  if (std::optional<size_t> At = elementAt(W, Base); At && C.op() == Op::Put) {
    W.edit(Base.object()).Items[*At].V = New;
    touchWhole(Base.object());
    return keep(Base.object(), New);
  }
  const Object *O = W.find(Base.object());
  if (Base.isSymbol())
    W.Symbols.edit().forget({Term::Kind::Load, C.op() == Op::Store ? C.Text : TextId(0), 0, 0,
                             {Base}});
  if (!O || O->Escaped)
    return W.escape(New, O ? O->Foreign : Base.isForeign());
  bool IsField = C.op() == Op::Store || Base.K == Value::Kind::Address;
  noteUse(C, Base.object());
  noteStore(C, Base.object(), IsField ? Name : TextId(0), New);
  if (IsField && O->S == Body::Record) {
    field(Base.object(), Name)->V = New;
    noteWhole(P, W, Base.object(), Name);
    touchField(Base.object(), Name);
    return keep(Base.object(), New);
  }
  if (IsField || O->S != Body::Cell)
    return;
  W.edit(Base.object()).Items[0].V = New;
  touchWhole(Base.object());
  keep(Base.object(), New);
}

void Machine::noteStore(const Code &C, ObjectId Object, TextId Field, Value V) {
  if (Log && V.isInt())
    Log->Stores.push_back({Self, Object, Field, P.site(C.Site), V});
}

/// \p V can now be reached through \p Holder.
void Machine::keep(ObjectId Holder, Value V) {
  const Object *O = W.find(Holder);
  if (O->Escaped)
    W.escape(V, O->Foreign);
  if (O->Reached)
    W.share(V);
}

Value Machine::copy(const Code &C, Value V, unsigned Depth) {
  const Object *O = W.find(V);
  // Only what is made of values is copied; a handle's copy means the same object.
  if (!O || O->S == Body::Closure || Depth > 8)
    return V;
  if ((O->S == Body::Sync || O->S == Body::Cell) && Depth == 0 && !C.has(Flag::Copies))
    return V;
  if (O->Escaped)
    return untold(*O);
  Object New = *O;
  New.Owners = 0;
  New.Reached = false;
  New.Guard = NoObject;
  New.WasReached = false;
  New.Holder = NoObject;
  New.Whole = NoObject;
  New.EndedAt = NoId;
  for (Item &I : New.Items) {
    I.Guard = NoObject;
    if (O->S == Body::Record && P.isEmbedded(TextId(O->N[0]), I.Name)) {
      I.V = copy(C, I.V, Depth + 1);
      O = W.find(V);
    }
  }
  ObjectId Id = W.add(std::move(New));
  for (TextId Field : P.LeadToWhole)
    noteWhole(P, W, Id, Field);
  if (Log && C.has(Flag::Copies))
    Log->Copies.push_back({Self, V.object(), Id, P.site(C.Site)});
  return Value::ref(Id);
}

void Machine::drop(const Code &C) {
  Value A = view().arg(0);
  const Object *O = W.find(A);
  if (O && O->Escaped) // Who else owns it, others decide.
    return setResult(C, Value::foreign());
  if (A.isUnknown() || A.isSymbol())
    return setResult(C, Value());
  if (!O)
    return setResult(C, Value::integer(A.pointsToObject()));
  if (O->Owners > 0)
    --W.edit(A.object()).Owners;
  setResult(C, Value::integer(W.find(A)->Owners == 0));
}

} // namespace taskleak
