// From the variables on, through what is embedded; see Statics.h.

#include "explore/Statics.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace taskleak {

/// Whether one of the questions is answered with yes for an object that has static storage, or
/// for what one holds.
static bool anyStatic(const Program &P, const World &W, std::vector<Value> Work,
                      llvm::function_ref<bool(Value)> IsObject,
                      llvm::function_ref<bool(Value)> IsHeld) {
  std::vector<bool> Seen(W.Heap.size());
  while (!Work.empty()) {
    Value V = Work.back();
    Work.pop_back();
    const auto *O = W.find(V);
    if (!O || Seen[V.object()])
      continue;
    if (IsObject(V))
      return true;
    Seen[V.object()] = true;
    for (const Item &I : O->Items) {
      if (IsHeld(I.V))
        return true;
      bool Embedded = O->S == Body::Record && P.isEmbedded(TextId(O->N[0]), I.Name);
      if (Embedded || O->S == Body::Sequence || O->S == Body::Cell)
        Work.push_back(I.V);
    }
  }
  return false;
}

static bool isPartOf(const Program &P, const World &W, std::vector<Value> Variables, Value Object) {
  auto Is = [&](Value V) { return V == Object; };
  return anyStatic(P, W, std::move(Variables), Is, [](Value) { return false; });
}

bool isStatic(const Program &P, const World &W, Value Object) {
  return isPartOf(P, W, W.Globals, Object);
}

bool isDestroyedAtExit(const Program &P, const World &W, Value Object) {
  std::vector<Value> Variables;
  for (Value G : W.Globals) {
    const auto *O = W.find(G);
    bool IsRecord = O && O->S == Body::Record;
    const RecordType *Type = IsRecord ? P.U.findRecord(P.text(TextId(O->N[0]))) : nullptr;
    if (Type && Type->Use.Ender != NoId)
      Variables.push_back(G);
  }
  return isPartOf(P, W, std::move(Variables), Object);
}

bool isRequestedAtExit(const Program &P, const World &W, Value Cancel) {
  Value Wanted = W.cancelOf(Cancel);
  auto Is = [&](Value V) { return V.isRef() && W.cancelOf(V) == Wanted; };
  return Wanted.isRef() && anyStatic(P, W, W.Globals, Is, Is);
}

} // namespace taskleak
