// Nodes of a graph: what is put into one is given to a task of the graph.
//   function_node<Order> pack(g, 1, [&](Order o) { ... });   pack.try_put(order);
// A node is a closure over its graph and its function.

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::node(const ModelledCall &C) {
  const Expr *Graph = C.arg(C.Row.ExecutorParam), *Body = C.arg(C.Row.Callable);
  if (!Graph || !Body)
    return Operand::unknown();
  FunctionId Put = U.synthesize("put", "put", [&Unit = U](Function Start) {
    return FunctionLowering(Unit, std::move(Start)).lowerPut();
  });
  return E.value(Op::Closure, {Operand::function(Put), reference(Graph), callable(Body)},
                 at(C.Site), text(C.Site));
}

Function FunctionLowering::lowerPut() {
  Operand Graph = Operand::slot(E.newSlot("graph")), Body = Operand::slot(E.newSlot("body")),
          Value = Operand::slot(E.newSlot("value"));
  SlotId Task = E.newSlot();
  Instruction &Spawn = E.act(Op::Spawn, {Body, Value}, {}, "node");
  Spawn.Named.push_back({Role::Done, Graph});
  Spawn.Result = Task;
  E.act(Op::Return, {Operand::integer(1)}, {});
  Function Fn = E.take();
  Fn.Params = 3;
  Fn.Captures = 2;
  return Fn;
}

} // namespace taskleak
