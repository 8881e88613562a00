// Counts from the first element to the last; see ElementLoop.h.

#include "lower/ElementLoop.h"

namespace taskleak {

ElementLoop::ElementLoop(Emitter &E, Operand Sequence, Place Here)
    : E(E), Here(Here), Index(E.newSlot()), Head(E.newBlock()) {
  BlockId Body = E.newBlock();
  After = E.newBlock();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  E.jump(Head);
  E.enter(Head);
  Operand Size = E.value(Op::Size, {Sequence}, Here);
  Operand More = E.value(Op::Lt, {Operand::slot(Index), Size}, Here);
  E.branch(More, Body, After, Here, "more elements");
  E.enter(Body);
  Element = E.value(Op::At, {Sequence, Operand::slot(Index)}, Here);
}

void ElementLoop::next() {
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  E.jump(Head);
  E.enter(After);
}

} // namespace taskleak
