// Owners are counted, and promises broken; see CaptureEnds.h.

#include "explore/CaptureEnds.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void own(World &W, Value Callable, Value Capture) {
  const Object *O = W.find(Callable);
  bool Holds = O && llvm::any_of(O->Items, [&](const Item &I) { return I.V == Capture; });
  if (!Holds)
    return W.escape(Capture); // As it is not read there, nobody can tell when it goes.
  for (Item &I : W.edit(Callable.object()).Items)
    if (I.V == Capture)
      I.Name = OwnedItem;
}

bool ownsCaptures(const Object &O) {
  return O.S == Body::Closure && !O.Escaped &&
         llvm::any_of(O.Items, [](const Item &I) { return I.Name == OwnedItem; });
}

/// A promise, a packaged task, or what shares or keeps one.
static void endOwned(World &W, Value V) {
  const Object *O = W.find(V);
  if (!O || O->Escaped)
    return;
  if (O->is(ObjectKind::Event) && O->N[0] == EventUnset)
    W.edit(V.object()).N[0] = EventBroken;
  bool IsShared = O->S == Body::Cell && O->Owners > 0;
  if (IsShared && --W.edit(V.object()).Owners > 0)
    return;
  if (O->S != Body::Cell && O->S != Body::Record)
    return;
  llvm::SmallVector<Item, 2> Parts = W.find(V)->Items;
  for (const Item &Part : Parts)
    if (const Object *Inner = W.find(Part.V); Inner && Inner->S != Body::Closure)
      endOwned(W, Part.V);
}

void endCaptures(World &W, const Object &Callable) {
  for (const Item &Capture : Callable.Items)
    if (Capture.Name == OwnedItem)
      endOwned(W, Capture.V);
}

} // namespace taskleak
