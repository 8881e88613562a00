// Library calls on records: what they are about is a part of the record, and what a
// task runs can be a method of it.
//   class Indexer : public QThread { void run() override; };   indexer.start();
//   GThreadPool *Pool = g_thread_pool_new(work, data, ...);  g_thread_pool_push(Pool, job, ...);

#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

Operand TaskLowering::whole(const ModelledCall &C) {
  const Expr *Object = C.Row.Object >= 0 ? C.arg(C.Row.Object) : C.Object;
  return Object ? L.objectArgument(*Object) : Operand::unknown();
}

Operand TaskLowering::part(const ModelledCall &C, StringRef Name) {
  return E.value(Op::Load, {whole(C)}, L.at(C.Site), Name);
}

void TaskLowering::makePart(const ModelledCall &C, Operand Record) {
  for (const Expr *A : C.Args)
    L.value(A);
  if (C.Row.Role != CallRole::Make || C.Row.Part.empty())
    return;
  TypeModel Bare;
  Bare.Kind = C.Row.Kind;
  Bare.Flag = C.Row.Flag;
  Operand Size = L.capacity(C.Row.Count, C.Args, {});
  Operand Made = L.makeObject(Bare, Size, C.Row.Part, C.Site.getSourceRange());
  E.act(Op::Store, {Record, Made}, L.at(C.Site), C.Row.Part);
}

/// How many of its tasks are not done yet, which function they run, and on what besides.
Operand TaskLowering::makePool(const ModelledCall &C) {
  Place Here = L.at(C.Site);
  TypeModel Bare;
  Bare.Kind = ObjectKind::Counter;
  Operand Run = L.callable(C.arg(C.Row.Callable));
  Operand Data = C.arg(C.Row.Arg) ? L.value(C.arg(C.Row.Arg)) : Operand::unknown();
  Operand Tasks = L.makeObject(Bare, Operand::integer(0), "tasks", C.Site.getSourceRange());
  Operand Pool = E.value(Op::New, {}, Here, "pool");
  E.act(Op::Store, {Pool, Tasks}, Here, "tasks");
  E.act(Op::Store, {Pool, Run}, Here, "run");
  E.act(Op::Store, {Pool, Data}, Here, "data");
  return Pool;
}

/// A function of one parameter, which calls what the parameter keeps.
static Function callOwn(Function Begun) {
  Emitter E(std::move(Begun));
  SlotId Object = E.newSlot("object");
  E.act(Op::CallClosure, {E.value(Op::Load, {Operand::slot(Object)}, {}, "run")}, {});
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 1;
  return Fn;
}

Operand TaskLowering::makeRunner(const ModelledCall &C) {
  if (C.Row.Method.empty())
    return makePool(C);
  std::string Name = "object that runs a callable", Method = C.Row.Method + "/0";
  FunctionId Run = U.synthesize("own " + Method, C.Row.Method, callOwn);
  if (!U.unit().findRecord(Name)) {
    RecordType &Runner = U.unit().Records.emplace_back();
    Runner.Name = Name;
    Runner.Methods.push_back({Method, Run});
  }
  Operand Callable = L.callable(C.arg(C.Row.Callable), true);
  Operand Made = E.value(Op::New, {}, L.at(C.Site), Name);
  E.act(Op::Store, {Made, Callable}, L.at(C.Site), "run");
  return Made;
}

/// What is kept may be called and changed at any time, whatever the parameters' types say.
Operand TaskLowering::keepAll(const ModelledCall &C) {
  if (C.Object)
    E.act(Op::Escape, {L.objectArgument(*C.Object)}, L.at(C.Site));
  for (const Expr *A : C.Args) {
    TypeForm Shape = L.form(A->getType());
    Operand Given = Shape.is(Form::Callable) ? L.callable(A)
                    : Shape.isObject()       ? L.reference(A)
                                             : L.value(A);
    if (Given.isSlot() || Given.K == Operand::Kind::Global || Given.K == Operand::Kind::Function)
      E.act(Op::Escape, {Given}, L.at(*A));
  }
  return Operand::unknown();
}

} // namespace taskleak
