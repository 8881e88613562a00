// Reads one instruction of the text form: results, the operation, and then its
// parts up to the end of the line. Only operands have an order among themselves.
//   %2, %3 = receive.timed %1 cancel=%0 on(closed=2) !0:6:3-9

#include "skeleton/Parser.h"

#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace taskleak {

bool Parser::results(Instruction &I) {
  if (!T.is(Token::Kind::Slot) && !T.isWord("_"))
    return true;
  if (!take("_") && !number(Token::Kind::Slot, I.Result, "a slot"))
    return false;
  if (take(',') && !number(Token::Kind::Slot, I.Received, "a slot, such as %0"))
    return false;
  return mark('=');
}

bool Parser::flag(Instruction &I) {
  auto Parsed = parseFlag(T.Value);
  if (!Parsed)
    return expected("a flag of an operation");
  I.Flag.set(*Parsed);
  advance();
  return true;
}

bool Parser::operand(Operand &O) {
  switch (T.K) {
  case Token::Kind::Slot:
    O = {Operand::Kind::Slot, T.Number};
    break;
  case Token::Kind::Number:
    O = {Operand::Kind::Int, T.Number};
    break;
  case Token::Kind::Global:
    O = {Operand::Kind::Global, T.Number};
    break;
  case Token::Kind::Function:
    O = {Operand::Kind::Function, T.Number};
    break;
  default:
    if (T.isWord("null"))
      O = Operand::null();
    else if (!T.isMark('?'))
      return expected("an operand");
  }
  advance();
  return true;
}

bool Parser::outcome(OutcomeValue &O) {
  auto When = T.is(Token::Kind::Word) ? parseOutcome(T.Value) : std::nullopt;
  if (!When)
    return expected("ok, closed, timeout, full, empty, cancelled or broken");
  advance();
  O.When = *When;
  if (!mark('='))
    return false;
  O.Throws = take("throw");
  if (O.Throws)
    return true;
  if (!T.is(Token::Kind::Number))
    return expected("a number or 'throw'");
  O.Value = T.Number;
  advance();
  return true;
}

bool Parser::outcomes(Instruction &I) {
  if (!mark('('))
    return false;
  do
    if (!outcome(I.Outcomes.emplace_back()))
      return false;
  while (take(','));
  return mark(')');
}

bool Parser::wordPart(Instruction &I) {
  if (take("on"))
    return outcomes(I);
  if (atBlock())
    return block(I.Targets.emplace_back());
  auto Name = parseRole(T.Value);
  if (!Name)
    return expected("an operand, a block, 'cancel=', 'done=', 'fulfil=', 'strand=', 'on(' or the "
                    "end of the line");
  advance();
  return mark('=') && operand(I.Named.emplace_back(*Name, Operand()).second);
}

bool Parser::part(Instruction &I) {
  if (T.is(Token::Kind::Flag))
    return flag(I);
  if (T.is(Token::Kind::String))
    return string(I.Text);
  if (T.is(Token::Kind::Place))
    return place(I.At);
  if (T.is(Token::Kind::Word) && T.Value != "null")
    return wordPart(I);
  do
    if (!operand(I.Operands.emplace_back()))
      return false;
  while (take(','));
  return true;
}

static void noteSlot(Function &F, SlotId S) {
  if (S != NoId && S >= F.Slots.size())
    F.Slots.resize(S + 1);
}

static void noteSlots(Function &F, const Instruction &I) {
  noteSlot(F, I.Result);
  noteSlot(F, I.Received);
  for (const Operand &O : I.Operands)
    if (O.isSlot())
      noteSlot(F, O.Number);
  for (const auto &[Name, Value] : I.Named)
    if (Value.isSlot())
      noteSlot(F, Value.Number);
}

bool Parser::instruction(Function &F, Instruction &I) {
  if (!results(I))
    return false;
  auto Code = T.is(Token::Kind::Word) ? parseOp(T.Value) : std::nullopt;
  if (!Code)
    return expected("an operation");
  I.Code = *Code;
  advance();
  if (I.Code == Op::Make && !kind(I.Kind))
    return false;
  while (I.Code == Op::Call && T.is(Token::Kind::Flag))
    if (!flag(I))
      return false;
  if (I.Code == Op::Call && T.is(Token::Kind::String) && !string(I.Text))
    return false;
  if (I.Code == Op::Call && !functionOrNone(I.Callee))
    return false;
  while (!T.StartsLine && !T.is(Token::Kind::End))
    if (!part(I))
      return false;
  noteSlots(F, I);
  return true;
}

} // namespace taskleak
