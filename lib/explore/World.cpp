// Changes that go through a whole state: what the outside or another task can
// reach, and what a symbol turned out to be.

#include "explore/World.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"

namespace taskleak {

ObjectId World::add(Object O) {
  for (size_t I = 0; I < Heap.size(); ++I)
    if (!Heap[I]) {
      Heap[I] = CopyOnWrite<Object>(std::move(O));
      return ObjectId(I);
    }
  Heap.push_back(CopyOnWrite<Object>(std::move(O)));
  return ObjectId(Heap.size() - 1);
}

unsigned World::liveObjects() const {
  unsigned Count = 0;
  for (const auto &O : Heap)
    Count += bool(O);
  return Count;
}

bool World::mayGiveUp() const {
  return llvm::any_of(Tasks, [](const auto &T) { return T->EverGuessed; });
}

unsigned World::taskOf(ObjectId Self) const {
  for (unsigned T = 0; T < Tasks.size(); ++T)
    if (Tasks[T]->Self == Self)
      return T;
  return NoId;
}

namespace {

/// Visits what can be reached from \p V, as long as \p Enter says so.
void flood(World &W, Value V, llvm::function_ref<bool(Object &)> Enter,
           llvm::function_ref<bool(const Object &)> IsDone, bool Upwards) {
  llvm::SmallVector<ObjectId, 16> Work;
  llvm::SmallSetVector<FunctionId, 4> Called;
  size_t Looked = 0;
  auto Push = [&](Value Next) {
    if (Next.K == Value::Kind::Function && !Upwards)
      Called.insert(FunctionId(Next.N));
    if (Next.pointsToObject() && W.find(Next.object()) && !IsDone(*W.find(Next.object())))
      Work.push_back(Next.object());
  };
  // Whoever has a function may call it.
  auto PushCalled = [&] {
    for (; W.Callable && Looked < Called.size(); ++Looked)
      for (uint32_t G : W.Callable->globals(Called[Looked]))
        if (G < W.Globals.size())
          Push(W.Globals[G]);
  };
  Push(V);
  PushCalled();
  while (!Work.empty()) {
    ObjectId O = Work.pop_back_val();
    if (IsDone(*W.find(O)) || !Enter(W.edit(O)))
      continue;
    const Object &Now = *W.find(O);
    if (Now.Whole != NoObject)
      Push(Value::ref(Now.Whole));
    // Whoever has a coroutine's handle may resume it.
    unsigned T = !Upwards && Now.is(ObjectKind::Task) ? W.taskOf(O) : NoId;
    if (T != NoId && W.Tasks[T]->isCoroutine())
      for (const auto &F : W.Tasks[T]->Stack)
        for (Value Slot : F->Slots)
          Push(Slot);
    for (const Item &I : Now.Items)
      if (Upwards || !Now.is(ObjectKind::Cancel) || I.Name != ParentItem)
        Push(I.V);
    if (Now.S == Body::Closure && Now.N[0] >= 0)
      Push(Value::function(uint32_t(Now.N[0])));
    PushCalled();
  }
}

} // namespace

Value World::cancelOf(Value V) const {
  const Object *O = find(V);
  if (!O || !O->is(ObjectKind::Task))
    return V;
  for (const Item &I : O->Items)
    if (I.Name == ParentItem)
      return I.V;
  return Value::null();
}

void World::escape(Value V, bool Foreign) {
  flood(
      *this, V,
      [&](Object &O) {
        O.Foreign = Foreign;
        return O.Escaped = true;
      },
      [](const Object &O) { return O.Escaped; }, /*Upwards=*/false);
}

void World::escapeAll(ObjectKind Kind) {
  for (size_t O = 0; O < Heap.size(); ++O)
    if (Heap[O] && Heap[O]->is(Kind))
      escape(Value::ref(ObjectId(O)));
}

void World::share(Value V) {
  flood(
      *this, V, [](Object &O) { return O.WasReached = O.Reached = true; },
      [](const Object &O) { return O.Reached; }, /*Upwards=*/true);
}

void World::substitute(uint32_t S, Value With) {
  Value Old = Value::symbol(S);
  auto Replace = [&](Value &V) {
    if (V == Old)
      V = With;
  };
  for (auto &T : Tasks)
    for (size_t F = 0; F < T->Stack.size(); ++F)
      for (size_t I = 0; I < T->Stack[F]->Slots.size(); ++I)
        if (T->Stack[F]->Slots[I] == Old)
          T.edit().Stack[F].edit().Slots[I] = With;
  for (auto &O : Heap)
    for (size_t I = 0; O && I < O->Items.size(); ++I)
      if (O->Items[I].V == Old)
        O.edit().Items[I].V = With;
  for (Value &V : Globals)
    Replace(V);
  SymbolTable &Table = Symbols.edit();
  for (Term &T : Table.Terms)
    for (Value &V : T.Args)
      Replace(V);
  for (Fact &F : Table.Facts) {
    Replace(F.Is);
    for (Value &V : F.About.Args)
      Replace(V);
  }
  if (S < Table.Live.size())
    Table.Live[S] = false;
}

} // namespace taskleak
