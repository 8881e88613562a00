// Blocks, slots and clean-ups; see Emitter.h.

#include "lower/Emitter.h"

namespace taskleak {

bool mayUnwind(const Instruction &I) {
  switch (I.Code) {
  case Op::Call:
  case Op::CallClosure:
  case Op::CallVirtual:
  case Op::Throw:
    return true;
  case Op::Extern:
    return I.Flag.has(Flag::Throws);
  default:
    return group(I.Code) == OpGroup::Wait || I.Code == Op::Outside;
  }
}

Emitter::Emitter(Function Start) : Fn(std::move(Start)) {
  Current = newBlock();
}

SlotId Emitter::newSlot(llvm::StringRef Name) {
  Fn.Slots.push_back({Name.str(), ObjectKind::None});
  return Fn.Slots.size() - 1;
}

BlockId Emitter::newBlock() {
  Fn.Blocks.emplace_back();
  UnwindFixed.push_back(false);
  return Fn.Blocks.size() - 1;
}

bool Emitter::isOpen() const {
  const auto &Body = Fn.Blocks[Current].Body;
  return Body.empty() || !isTerminator(Body.back().Code);
}

BlockId Emitter::landing(size_t At) {
  if (At == 0)
    return NoId;
  if (Stack[At - 1].Landing != NoId)
    return Stack[At - 1].Landing;
  BlockId Pad = newBlock();
  Stack[At - 1].Landing = Pad;
  BlockId SavedBlock = Current;
  size_t SavedDepth = Depth;
  Depth = At - 1;
  enter(Pad);
  auto Run = Stack[At - 1].Run;
  Run();
  BlockId Outer = landing(At - 1);
  if (isOpen()) {
    if (Outer == NoId)
      act(Op::Throw, {}, {});
    else
      jump(Outer);
  }
  Depth = SavedDepth;
  Current = SavedBlock;
  return Pad;
}

void Emitter::fixUnwind() {
  BlockId Wanted = landing(Depth);
  if (UnwindFixed[Current] && Fn.Blocks[Current].Unwind != Wanted) {
    BlockId Next = newBlock();
    jump(Next);
    enter(Next);
  }
  Fn.Blocks[Current].Unwind = Wanted;
  UnwindFixed[Current] = true;
}

Instruction &Emitter::append(Instruction I) {
  if (!isOpen())
    enter(newBlock()); // Dead code after a return; it is removed later.
  if (mayUnwind(I))
    fixUnwind();
  auto &Body = Fn.Blocks[Current].Body;
  Body.push_back(std::move(I));
  return Body.back();
}

Operand Emitter::value(Op Code, llvm::ArrayRef<Operand> Operands, Place At, llvm::StringRef Text) {
  SlotId Result = newSlot();
  act(Code, Operands, At, Text).Result = Result;
  return Operand::slot(Result);
}

Operand Emitter::call(Op Code, llvm::ArrayRef<Operand> Operands, Place At, llvm::StringRef Text,
                      bool MayThrow) {
  SlotId Result = newSlot();
  Instruction &Call = act(Code, Operands, At, Text);
  Call.Flag.set(Flag::Throws, MayThrow && isTried());
  Call.Result = Result;
  return Operand::slot(Result);
}

void Emitter::callAtEnd(FunctionId F, Operand Object, Place At, llvm::StringRef Text) {
  Instruction &Call = act(Op::Call, {Object}, At, Text);
  Call.Callee = F;
  Call.Flag.set(Flag::Implicit);
}

Operand Emitter::foreign(Place At, llvm::StringRef Text) {
  SlotId Result = newSlot();
  Instruction &Is = act(Op::Symbol, {}, At, Text);
  Is.Flag.set(Flag::Foreign);
  Is.Result = Result;
  return Operand::slot(Result);
}

Instruction &Emitter::act(Op Code, llvm::ArrayRef<Operand> Operands, Place At,
                          llvm::StringRef Text) {
  Instruction I;
  I.Code = Code;
  I.Operands.append(Operands.begin(), Operands.end());
  I.At = At;
  I.Text = Text.str();
  return append(std::move(I));
}

void Emitter::jump(BlockId To) {
  if (!isOpen())
    return;
  act(Op::Jump, {}, {}).Targets = {To};
}

void Emitter::branch(Operand Condition, BlockId Then, BlockId Else, Place At,
                     llvm::StringRef Text) {
  act(Op::Branch, {Condition}, At, Text).Targets = {Then, Else};
}

void Emitter::pushCleanup(std::function<void()> Run) {
  Stack.insert(Stack.begin() + Depth, {std::move(Run), NoId});
  ++Depth;
}

void Emitter::pushHandler(BlockId Handler) {
  Stack.insert(Stack.begin() + Depth, {{}, Handler});
  ++Depth;
}

bool Emitter::isTried() const {
  return llvm::any_of(llvm::ArrayRef(Stack).take_front(Depth),
                      [](const Cleanup &C) { return !C.Run; });
}

void Emitter::runDownTo(size_t To) {
  size_t Saved = Depth;
  while (Depth > To) {
    auto Run = Stack[Depth - 1].Run;
    --Depth;
    if (Run && isOpen())
      Run();
  }
  Depth = Saved;
}

void Emitter::popTo(size_t To) {
  runDownTo(To);
  forgetTo(To);
}

void Emitter::forgetTo(size_t To) {
  Stack.erase(Stack.begin() + To, Stack.begin() + Depth);
  Depth = To;
}

Function Emitter::take() {
  for (size_t B = 0; B < Fn.Blocks.size(); ++B) {
    enter(B);
    if (isOpen())
      act(Op::Unreachable, {}, {});
  }
  return std::move(Fn);
}

} // namespace taskleak
