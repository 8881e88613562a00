// Where variables live: slots, cells for what others can reach, objects.
//   int N = 0; std::thread T([&N] { ++N; });
// N is captured by reference, so it is a cell.

#include "lower/CursorLowering.h"
#include "lower/DeleterLowering.h"

using namespace clang;

namespace taskleak {

void FunctionLowering::declare(const VarDecl &V) {
  if (V.isStaticLocal()) {
    uint32_t Id = U.global(V);
    bool IsObject = form(V.getType()).isObject();
    bind(V, IsObject ? Storage::object(Operand::global(Id))
                     : Storage::through(Operand::global(Id)));
    return;
  }
  if (V.isInvalidDecl() || V.hasExternalStorage())
    return;
  if (V.getType()->isReferenceType()) {
    if (V.getInit())
      bindReference(V, *V.getInit());
    return declareBindings(V);
  }
  if (CursorLowering(*this).declare(V))
    return;
  size_t Depth = E.depth();
  SourceRange Here = V.getSourceRange();
  if (const auto *Group = dyn_cast<DecompositionDecl>(&V); Group && takeApart(*Group))
    return E.popTo(Depth);
  SlotId Slot = E.newSlot(V.getName());
  Storage Where = Storage::slot(Slot);
  bool MayCallItself = form(V.getType()).is(Form::Callable) && Addressed.count(&V) && V.getInit();
  if (MayCallItself) { // std::function<void(int)> Step = [&](int N) { Step(N - 1); };
    E.act(Op::Cell, {Operand::null()}, at(Here), V.getName()).Result = Slot;
    Where = Storage::through(Operand::slot(Slot));
    bind(V, Where);
  }
  DeleterLowering(*this).declare(V);
  Operand Value = initialize(V.getType(), V.getInit(), V.getName(), V.getLocation());
  E.popTo(Depth);
  if (form(V.getType()).is(Form::Nothing))
    return declareBindings(V);
  if (form(V.getType()).isObject()) {
    E.act(Op::Move, {Value}, at(Here)).Result = Slot;
    Where = Storage::object(Operand::slot(Slot));
  } else if (MayCallItself) {
    E.act(Op::Put, {Operand::slot(Slot), Value}, at(Here));
  } else if (Addressed.count(&V)) {
    E.act(Op::Cell, {Value}, at(Here), V.getName()).Result = Slot;
    Where = Storage::through(Operand::slot(Slot));
  } else {
    E.act(Op::Move, {Value}, at(Here)).Result = Slot;
  }
  bind(V, Where);
  ownUntilScopeEnd(V, V.getType(), Where);
  declareBindings(V);
}

/// auto [Sender, Receiver] = channel();   where get<I> is called for them, they are variables.
void FunctionLowering::declareBindings(const VarDecl &Group) {
  if (const auto *D = dyn_cast<DecompositionDecl>(&Group))
    for (const BindingDecl *B : D->bindings())
      if (const VarDecl *Holding = B->getHoldingVar(); Holding && Holding->getInit())
        bindReference(*Holding, *Holding->getInit());
}

Storage FunctionLowering::bindingStorage(const BindingDecl &B) {
  if (auto Captured = Variables.find(&B); Captured != Variables.end())
    return Captured->second;
  return B.getBinding() ? place(B.getBinding()) : Storage{};
}

/// struct scope held __attribute__((cleanup(scope_leave))) = scope_enter(&m);
static void cleanUp(UnitLowering &U, Emitter &E, const FunctionDecl &F, Operand Variable,
                    Place At) {
  if (!U.isOwn(F)) {
    E.act(Op::Escape, {Variable}, At);
    return;
  }
  FunctionId Id = U.function(F);
  U.body(Id).Called = true;
  E.callAtEnd(Id, Variable, At, F.getNameAsString());
}

void FunctionLowering::ownUntilScopeEnd(const VarDecl &V, QualType T, Storage Where) {
  if (U.LetsTasksGo && Where.K != Storage::Kind::Slot)
    E.pushCleanup([this, Where, Here = SourceRange(V.getLocation())] {
      endLife(Where.Where, Here);
    });
  if (const auto *A = V.getAttr<CleanupAttr>())
    E.pushCleanup([this, Where, &F = *A->getFunctionDecl(), Here = SourceRange(V.getLocation())] {
      cleanUp(U, E, F, addressOf(Where, Here), at(Here));
    });
  if (!U.needsDestruction(T))
    return;
  bool MayBeGone = Returned.count(&V);
  SourceRange Here = V.getLocation();
  E.pushCleanup([this, T, Where, Here, MayBeGone, &V] {
    Operand Value = load(Where, Here);
    if (DeleterLowering(*this).endVariable(V, Value))
      return;
    if (!MayBeGone)
      return destroy(T, Value, Here, V.getName());
    whenSet(Value, [&] { destroy(T, Value, Here, V.getName()); });
  });
}

void FunctionLowering::bindReference(const VarDecl &V, const Expr &Init) {
  QualType T = V.getType().getNonReferenceType();
  if (form(T).is(Form::Nothing)) {
    discard(&Init);
    return;
  }
  size_t Depth = E.depth();
  const Expr *Bare = Init.IgnoreParens();
  if (const auto *Full = dyn_cast<ExprWithCleanups>(Bare))
    Bare = Full->getSubExpr()->IgnoreParens();
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Bare->IgnoreImpCasts())) {
    // The temporary lives as long as the reference.
    SlotId Slot = E.newSlot(V.getName());
    Operand Value = initialize(T, Temporary->getSubExpr(), V.getName(), V.getLocation());
    E.popTo(Depth);
    bool IsObject = form(T).isObject();
    E.act(IsObject ? Op::Move : Op::Cell, {Value}, at(V.getLocation()), V.getName()).Result = Slot;
    Storage Where = IsObject ? Storage::object(Operand::slot(Slot))
                             : Storage::through(Operand::slot(Slot));
    bind(V, Where);
    return ownUntilScopeEnd(V, T, Where);
  }
  Storage To = place(Bare);
  if (To.K == Storage::Kind::Slot || To.K == Storage::Kind::None || To.K == Storage::Kind::Element) {
    bind(V, To); // Another name for the same variable.
    return E.popTo(Depth);
  }
  SlotId Slot = E.newSlot(V.getName());
  E.act(Op::Move, {addressOf(To, V.getLocation())}, at(V.getLocation())).Result = Slot;
  bind(V, form(T).isObject() ? Storage::object(Operand::slot(Slot))
                             : Storage::through(Operand::slot(Slot)));
  E.popTo(Depth);
}

void FunctionLowering::declareParameter(const ParmVarDecl &P, SlotId Slot, bool Owns) {
  QualType T = P.getType();
  TypeForm Shape = form(T);
  Operand Value = Operand::slot(Slot);
  if (Shape.is(Form::Nothing))
    return;
  if (Shape.isObject()) {
    bind(P, Storage::object(Value));
  } else if (T->isReferenceType()) {
    bind(P, Storage::through(Value));
  } else if (Addressed.count(&P)) {
    bind(P, Storage::through(E.value(Op::Cell, {Value}, at(P.getLocation()), P.getName())));
  } else {
    bind(P, Storage::slot(Slot));
  }
  if (Owns && !T->isReferenceType())
    ownUntilScopeEnd(P, T, storageOf(P));
}

Storage FunctionLowering::storageOf(const VarDecl &V) {
  auto Found = Variables.find(&V);
  if (Found != Variables.end())
    return Found->second;
  if (V.isStaticLocal() || V.isFileVarDecl()) {
    TypeForm Shape = form(V.getType());
    if (Shape.is(Form::Nothing) || (isSystem(V)))
      return {};
    Operand G = Operand::global(U.global(V));
    return Shape.isObject() ? Storage::object(G) : Storage::through(G);
  }
  return {};
}

Operand FunctionLowering::load(const Storage &From, SourceRange At) {
  switch (From.K) {
  case Storage::Kind::None: return Operand::unknown();
  case Storage::Kind::Slot:
  case Storage::Kind::Object: return From.Where;
  case Storage::Kind::Through: return E.value(Op::Get, {From.Where}, at(At));
  case Storage::Kind::Field: return E.value(Op::Load, {From.Where}, at(At), From.Field);
  case Storage::Kind::Element: return E.value(Op::At, {From.Where, From.Index}, at(At));
  }
  return Operand::unknown();
}

void FunctionLowering::store(const Storage &To, Operand Value, SourceRange At) {
  switch (To.K) {
  case Storage::Kind::None:
  case Storage::Kind::Object:
    return;
  case Storage::Kind::Slot:
    E.act(Op::Move, {Value}, at(At)).Result = To.Where.Number;
    return;
  case Storage::Kind::Through:
    E.act(Op::Put, {To.Where, Value}, at(At));
    return;
  case Storage::Kind::Field:
    E.act(Op::Store, {To.Where, Value}, at(At), To.Field);
    return;
  case Storage::Kind::Element:
    E.act(Op::SetAt, {To.Where, To.Index, Value}, at(At));
    return;
  }
}

Operand FunctionLowering::addressOf(const Storage &S, SourceRange At) {
  switch (S.K) {
  case Storage::Kind::Object:
  case Storage::Kind::Through: return S.Where;
  case Storage::Kind::Field: return E.value(Op::Address, {S.Where}, at(At), S.Field);
  case Storage::Kind::Slot:
  case Storage::Kind::Element:
    // Nobody keeps it (findAddressed), so a copy will do.
    return E.value(Op::Cell, {load(S, At)}, at(At));
  case Storage::Kind::None: return Operand::unknown();
  }
  return Operand::unknown();
}

Operand FunctionLowering::temporary(Operand Value, QualType T, SourceRange At) {
  if (U.needsDestruction(T))
    E.pushCleanup([this, Value, T, At] { destroy(T, Value, At, {}); });
  return Value;
}

} // namespace taskleak
