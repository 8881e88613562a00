// What ends with a variable: guards unlock, jthreads stop and join, promises
// break, smart pointers let go, the user's own destructors run.

#include "lower/DeleterLowering.h"
#include "lower/LockLowering.h"
#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

void FunctionLowering::whenSet(Operand Value, llvm::function_ref<void()> Then) {
  Operand Set = E.value(Op::Ne, {Value, Operand::null()}, {});
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(Set, Do, After, {}, "it is set");
  E.enter(Do);
  Then();
  E.jump(After);
  E.enter(After);
}

void FunctionLowering::callDestructor(QualType T, Operand Object, SourceRange At) {
  const auto *Record = T->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor =
      Record && Record->hasDefinition() ? Record->getDefinition()->getDestructor() : nullptr;
  if (Destructor && Destructor->isVirtual()) {
    E.act(Op::CallVirtual, {Object}, at(At), DestructorKey).Flag.set(Flag::Implicit);
    return endLife(Object, At);
  }
  if (form(T).isObject() && !form(T).is(Form::Record)) {
    destroy(T, Object, At, {});
    return endLife(Object, At);
  }
  if (FunctionId Id = U.destructor(T); Id != NoId) {
    U.body(Id).Called = true;
    E.callAtEnd(Id, Object, at(At));
  }
  endLife(Object, At);
}

void FunctionLowering::endLife(Operand Object, SourceRange At) {
  if (U.LetsTasksGo && Object.isSlot())
    E.act(Op::End, {Object}, at(At));
}

void FunctionLowering::destroy(QualType T, Operand Value, SourceRange At, StringRef Name) {
  TypeForm Shape = form(T);
  switch (Shape.F) {
  case Form::Record: {
    if (FunctionId Id = U.destructor(T); Id != NoId)
      E.callAtEnd(Id, Value, at(At));
    return;
  }
  case Form::Sequence: return destroyElements(Forms::element(T), Value);
  case Form::Guard: return LockLowering(*this).endGuard(Value, T, at(At));
  case Form::Cleanup: {
    Operand Run = E.value(Op::Load, {Value}, at(At), "run");
    return whenSet(Run, [&] {
      E.act(Op::CallClosure, {Run}, at(At)).Flag.set(Flag::Guard);
    });
  }
  case Form::Variant:
    return whenSet(Value, [&] { VariantLowering(*this).destroy(T, Value, At); });
  case Form::Pointer:
    return whenSet(Value, [&] { destroyPointee(T, *Shape.Row, Value, At); });
  case Form::Handle:
    return whenSet(Value, [&] { destroyHandle(*Shape.Row, Value, at(At)); });
  case Form::Object:
  case Form::Executor: return destroyHandle(*Shape.Row, Value, at(At));
  default: return;
  }
}

void FunctionLowering::destroyHandle(const TypeModel &Row, Operand Value, Place At) {
  auto Do = [&](Op Code) {
    Instruction &I = E.act(Code, {Value}, At);
    I.Flag.set(Flag::Implicit);
    if (Code == Op::Unlock)
      I.Flag.set(Flag::Guard);
  };
  switch (Row.Destructor) {
  case DestructorEffect::Release:
    // A work guard lets its executor go.
    if (Row.Kind == ObjectKind::Counter)
      E.act(Op::Count, {Value, Operand::integer(-1)}, At).Flag.set(Flag::Implicit);
    return;
  case DestructorEffect::None:
  case DestructorEffect::Terminate:
  case DestructorEffect::Run: return;
  case DestructorEffect::Detach: return Do(Op::Detach);
  case DestructorEffect::Join: return Do(Op::Join);
  case DestructorEffect::StopAndJoin:
    if (Exits && Row.Kind != ObjectKind::Task)
      return;
    Do(Row.Kind == ObjectKind::Task ? Op::Request : Op::Kill);
    return Do(Row.Kind == ObjectKind::Task ? Op::Join : Op::Await);
  case DestructorEffect::Await: return Do(Op::Await);
  case DestructorEffect::StopAndAwait:
    if (Exits)
      return;
    Do(Op::Kill);
    return Do(Op::Await);
  case DestructorEffect::Break:
    if (isPackaged(Row))
      Value = E.value(Op::Load, {Value}, At, "event");
    return Do(Op::Break);
  case DestructorEffect::Close: return Do(Op::Close);
  case DestructorEffect::Request: return Do(Op::Request);
  case DestructorEffect::Interrupt: return Do(Op::Interrupt);
  case DestructorEffect::Unlock: return Do(Op::Unlock);
  }
}

void FunctionLowering::destroyPointee(QualType Pointer, const TypeModel &Row, Operand Value,
                                      SourceRange At) {
  QualType T = Forms::element(Pointer);
  if (DeleterLowering(*this).end(Pointer, Row, Value, At))
    return;
  auto End = [&] {
    if (form(T).isObject())
      return callDestructor(T, Value, At);
    if (U.needsDestruction(T)) // std::unique_ptr<std::jthread>
      destroy(T, E.value(Op::Get, {Value}, at(At)), At, {});
    endLife(Value, At);
  };
  if (!Row.Shared)
    return End();
  Operand Last = E.value(Op::Drop, {Value}, at(At));
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(Last, Do, After, at(At), "the last owner is gone");
  E.enter(Do);
  End();
  E.jump(After);
  E.enter(After);
}

void FunctionLowering::destroyMembers(const CXXRecordDecl &Record, Operand Object) {
  llvm::SmallVector<const FieldDecl *, 8> Fields(Record.fields());
  for (const FieldDecl *Field : llvm::reverse(Fields)) {
    QualType T = Field->getType();
    if (T->isReferenceType() || !U.needsDestruction(T))
      continue;
    Operand Value = E.value(Op::Load, {Object}, at(Field->getLocation()), Field->getName());
    destroy(T, Value, Field->getLocation(), Field->getName());
  }
  for (const CXXBaseSpecifier &Parent : Record.bases())
    if (const auto *R = Parent.getType()->getAsCXXRecordDecl();
        R && R->hasDefinition() && U.needsDestruction(Parent.getType()))
      if (FunctionId Id = U.destructor(Parent.getType()); Id != NoId) {
        if (R->getDefinition()->isPolymorphic()) // Its virtual calls find its own functions.
          E.act(Op::Become, {Object}, {}, U.record(*R));
        E.act(Op::Call, {Object}, {}).Callee = Id;
      }
}

void FunctionLowering::destroyElements(QualType Element, Operand Sequence) {
  if (Element.isNull() || !U.needsDestruction(Element))
    return;
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  Operand Size = E.value(Op::Size, {Sequence}, {});
  E.branch(E.value(Op::Lt, {Operand::integer(0), Size}, {}), Body, After, {}, "elements are left");
  E.enter(Body);
  Operand Value = E.value(Op::TakeFirst, {Sequence}, {});
  destroy(Element, Value, {}, {});
  E.jump(Head);
  E.enter(After);
}

Function FunctionLowering::lowerDestructor(QualType T) {
  SlotId Object = E.newSlot("this");
  Operand Self = Operand::slot(Object);
  const auto *Record = T->getAsCXXRecordDecl();
  if (form(T).is(Form::Record) && Record && Record->hasDefinition()) {
    Record = Record->getDefinition();
    const CXXDestructorDecl *Destructor = Record->getDestructor();
    if (Destructor && Destructor->isUserProvided()) {
      if (FunctionId Id = U.function(*Destructor); Id != NoId) {
        U.body(Id).Called = true;
        Instruction &Call = E.act(Op::Call, {Self}, U.place(Destructor->getLocation()));
        Call.Callee = Id;
      } else {
        E.act(Op::Escape, {Self}, {});
      }
    }
    destroyMembers(*Record, Self);
  } else {
    destroy(T, Self, {}, {});
  }
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Params = 1;
  return Fn;
}

} // namespace taskleak
