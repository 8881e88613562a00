// The shapes of operations, as docs/skeleton.md lists them; see Shape.h.

#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

namespace taskleak {

static std::pair<unsigned, unsigned> operandCount(Op Code) {
  switch (Code) {
  case Op::Symbol: case Op::Text: case Op::New: case Op::Sequence: case Op::Yield: case Op::Outside:
  case Op::Jump: case Op::Exit: case Op::Unreachable: case Op::Caught: case Op::Executor:
    return {0, 0};
  case Op::Throw:
    return {0, 1};
  case Op::Catches:
    return {1, 2};
  case Op::Move: case Op::Not: case Op::Cell: case Op::Load: case Op::Address: case Op::Get:
  case Op::Whole:
  case Op::Copy: case Op::Become: case Op::Retain: case Op::Drop: case Op::End: case Op::Escape:
  case Op::TakeFirst: case Op::TakeLast: case Op::Size: case Op::Clear:
  case Op::Spell: case Op::Letter: case Op::Length:
  case Op::Join:
  case Op::Resume: case Op::Suspend: case Op::Ended:
  case Op::Detach:
  case Op::Mask:
  case Op::Kill:
  case Op::Unlock: case Op::Notify: case Op::Receive: case Op::Close:
  case Op::Interrupt: case Op::Break: case Op::Request: case Op::Requested: case Op::Branch:
    return {1, 1};
  case Op::And: case Op::Or: case Op::Add: case Op::Sub: case Op::Mul: case Op::Div: case Op::Rem:
  case Op::Min: case Op::Max:
  case Op::BitAnd: case Op::BitOr: case Op::BitXor: case Op::Shl: case Op::Shr:
  case Op::Eq: case Op::SameText: case Op::Concat: case Op::Char: case Op::Find:
  case Op::FindLast: case Op::OrderTexts: case Op::Ne: case Op::Lt:
  case Op::Le: case Op::Store: case Op::Put: case Op::Append: case Op::Prepend: case Op::At: case Op::RemoveAt:
  case Op::Send: case Op::Count: case Op::Acquire: case Op::Arrive: case Op::OnRequest:
  case Op::Own:
    return {2, 2};
  case Op::SetAt: case Op::Part:
    return {3, 3};
  case Op::Return: case Op::Make:
    return {0, 1};
  case Op::Await:
  case Op::Fulfil:
  case Op::Reset:
    return {1, 2};
  case Op::Wait:
    return {1, 3};
  case Op::Opaque: case Op::Call: case Op::Extern: case Op::Select:
    return {0, AnyNumber};
  case Op::Closure: case Op::CallClosure: case Op::CallVirtual: case Op::Spawn: case Op::Poll:
  case Op::Lock:
    return {1, AnyNumber};
  }
  return {0, AnyNumber};
}

static bool needsText(Op Code) {
  return Code == Op::Load || Code == Op::Store || Code == Op::Address || Code == Op::Whole ||
         Code == Op::Become || Code == Op::CallVirtual ||
         Code == Op::Catches;
}

static bool mayYield(Op Code) {
  switch (Code) {
  case Op::Store: case Op::Put: case Op::Retain: case Op::Own: case Op::End: case Op::Escape:
  case Op::Become: case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Clear:
    return false;
  default:
    return !isTerminator(Code);
  }
}

Shape shape(Op Code) {
  Shape S;
  std::tie(S.Least, S.Most) = operandCount(Code);
  S.NeedsText = needsText(Code);
  S.MayYield = mayYield(Code);
  S.MayReceive = Code == Op::Receive || Code == Op::Await || Code == Op::Poll;
  S.Targets = Code == Op::Branch ? 2 : Code == Op::Jump ? 1 : 0;
  return S;
}

std::optional<std::pair<unsigned, unsigned>> makeOperands(ObjectKind K) {
  switch (K) {
  case ObjectKind::None:
  case ObjectKind::Task:
    return std::nullopt;
  case ObjectKind::Lock:
    return std::pair(0u, 2u);
  case ObjectKind::Condition:
  case ObjectKind::Event:
    return std::pair(0u, 0u);
  case ObjectKind::Counter:
  case ObjectKind::Barrier:
  case ObjectKind::Channel:
  case ObjectKind::Timer:
    return std::pair(1u, 1u);
  case ObjectKind::Cancel:
    return std::pair(0u, 1u);
  }
  return std::nullopt;
}

bool isPure(Op Code) {
  if (group(Code) == OpGroup::Value)
    return true;
  switch (Code) {
  case Op::New: case Op::Cell: case Op::Load: case Op::Address: case Op::Get: case Op::Copy:
  case Op::Sequence: case Op::At: case Op::Size: case Op::Make: case Op::Whole:
    return true;
  default:
    return false;
  }
}

bool isPure(const Instruction &I) {
  if (I.Code != Op::Extern)
    return isPure(I.Code);
  auto IsObject = [](const Operand &O) {
    return O.isSlot() || O.K == Operand::Kind::Global || O.K == Operand::Kind::Function;
  };
  return !I.Flag.has(Flag::Throws) && !I.Flag.has(Flag::World) && !I.Flag.has(Flag::Update) &&
         (!I.Flag.has(Flag::Escapes) || llvm::none_of(I.Operands, IsObject));
}

} // namespace taskleak
