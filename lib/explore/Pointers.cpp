// Of an object it is looked up which array it is in; see Pointers.h.

#include "explore/Pointers.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

namespace {

struct ArrayPlace {
  ObjectId Array = NoObject;
  int32_t Index = 0;
};

} // namespace

static const Object *array(const World &W, ObjectId Id) {
  const Object *O = W.find(Id);
  return O && O->S == Body::Sequence && !O->Escaped ? O : nullptr;
}

static std::optional<int32_t> indexIn(const Object &Array, Value Element) {
  auto At = llvm::find_if(Array.Items, [&](const Item &I) { return I.V == Element; });
  return At != Array.Items.end() ? std::optional(int32_t(At - Array.Items.begin())) : std::nullopt;
}

/// Of what is in several arrays it is not known which one a pointer walks through.
static std::optional<ArrayPlace> placeOfObject(const World &W, Value Ref) {
  std::optional<ArrayPlace> Found;
  for (size_t Id = 0; Id < W.Heap.size(); ++Id)
    if (const Object *O = array(W, ObjectId(Id)))
      if (std::optional<int32_t> Index = indexIn(*O, Ref)) {
        if (Found)
          return std::nullopt;
        Found = {ObjectId(Id), *Index};
      }
  return Found;
}

static std::optional<ArrayPlace> placeOf(const World &W, Value Pointer) {
  if (!Pointer.pointsToObject())
    return std::nullopt;
  if (array(W, Pointer.object()))
    return ArrayPlace{Pointer.object(), Pointer.isRef() ? 0 : int32_t(Pointer.Field)};
  return Pointer.isRef() ? placeOfObject(W, Pointer) : std::nullopt;
}

static std::optional<Value> pointerTo(const World &W, ArrayPlace At) {
  const Object &O = *array(W, At.Array);
  int32_t Size = int32_t(O.Items.size());
  if (At.Index < 0 || At.Index > Size)
    return std::nullopt;
  if (At.Index < Size && O.Items[size_t(At.Index)].V.isRef())
    return O.Items[size_t(At.Index)].V;
  return Value::address(At.Array, TextId(At.Index));
}

bool isElementAddress(const World &W, Value Pointer) {
  return Pointer.K == Value::Kind::Address && array(W, Pointer.object());
}

const Object *pointedObject(const World &W, Value Pointer) {
  return isElementAddress(W, Pointer) ? W.find(Pointer.object()) : W.find(Pointer);
}

std::optional<size_t> elementAt(const World &W, Value Pointer) {
  const Object *O = Pointer.pointsToObject() ? array(W, Pointer.object()) : nullptr;
  size_t Index = Pointer.isRef() ? 0 : Pointer.Field;
  return O && Index < O->Items.size() ? std::optional(Index) : std::nullopt;
}

Value pointee(const World &W, Value Pointer) {
  std::optional<size_t> At = elementAt(W, Pointer);
  return At ? W.find(Pointer.object())->Items[*At].V : Pointer;
}

std::optional<Value> walk(const World &W, Op Code, Value A, Value B) {
  if (B.pointsToObject()) {
    std::optional<int32_t> Between = Code == Op::Sub ? distance(W, B, A) : std::nullopt;
    return Between ? std::optional(Value::integer(*Between)) : std::nullopt;
  }
  std::optional<ArrayPlace> At = B.isInt() ? placeOf(W, A) : std::nullopt;
  if (!At)
    return std::nullopt;
  At->Index += Code == Op::Add ? B.N : -B.N;
  return pointerTo(W, *At);
}

std::optional<int32_t> distance(const World &W, Value From, Value To) {
  std::optional<ArrayPlace> A = placeOf(W, From), B = placeOf(W, To);
  return A && B && A->Array == B->Array ? std::optional(B->Index - A->Index) : std::nullopt;
}

} // namespace taskleak
