// Random units for tests: well-formed, and with every operation, flag and operand.

#pragma once

#include "skeleton/Shape.h"

#include <random>

namespace taskleak {

/// Makes well-formed units of every operation, flag and operand.
class RandomUnit {
  std::mt19937 Random;
  Unit U;

  unsigned below(unsigned N) { return Random() % N; }
  bool maybe() { return below(2); }

  std::string text() {
    static const char Letters[] = "ab_:<> ,\"\\\n#%@.()=!?~\x01";
    std::string S;
    for (unsigned N = below(6); N--;)
      S += Letters[below(sizeof(Letters) - 1)];
    return S;
  }
  std::string name() { return "n" + text(); }

  Place place() {
    if (maybe())
      return {};
    uint32_t Line = 1 + below(50);
    return {below(2), Line, below(80), maybe() ? Line : Line + below(3), below(80)};
  }

  Operand operand() {
    switch (below(6)) {
    case 0:
      return Operand::slot(below(8));
    case 1:
      return Operand::integer(int64_t(below(40)) - 20);
    case 2:
      return Operand::null();
    case 3:
      return Operand::global(below(2));
    case 4:
      return Operand::function(below(3));
    default:
      return Operand::unknown();
    }
  }

  Instruction instruction(Op Code, unsigned Blocks) {
    Shape S = shape(Code);
    Instruction I;
    I.Code = Code;
    I.At = place();
    I.Text = S.NeedsText ? name() : text();
    if (Code == Op::Make) {
      I.Kind = ObjectKind(1 + below(unsigned(ObjectKind::Timer)));
      std::tie(S.Least, S.Most) = *makeOperands(I.Kind);
    }
    unsigned Most = std::min(S.Most, S.Least + 3);
    for (unsigned N = S.Least + below(Most - S.Least + 1); N--;)
      I.Operands.push_back(operand());
    if (S.MayYield && maybe())
      I.Result = below(8);
    if (S.MayReceive && maybe())
      I.Received = below(8);
    if (Code == Op::Call)
      I.Callee = below(3);
    for (unsigned N = S.Targets; N--;)
      I.Targets.push_back(below(Blocks));
    for (unsigned N = below(3); N--;)
      I.Flag.set(Flag(below(unsigned(Flag::Last))));
    for (unsigned N = below(3); N--;)
      I.Named.push_back({Role(below(4)), operand()});
    for (unsigned N = below(3); N--;)
      I.Outcomes.push_back({Outcome(below(7)), false, int64_t(below(9)) - 4});
    if (!I.Outcomes.empty() && maybe())
      I.Outcomes.back() = {Outcome(below(7)), true, 0};
    return I;
  }

  Op any(bool Terminator) {
    Op Code;
    do
      Code = Op(below(unsigned(Op::Unreachable) + 1));
    while (isTerminator(Code) != Terminator);
    return Code;
  }

  void function() {
    Function F;
    F.Name = text();
    F.Key = text();
    F.At = place();
    F.Params = below(4);
    F.Captures = below(F.Params + 1);
    F.Slots.resize(8 + below(3));
    for (SlotInfo &S : F.Slots)
      if (maybe())
        S = {text(), ObjectKind(below(unsigned(ObjectKind::Task) + 1)), maybe()};
    F.NoExcept = maybe();
    F.Coroutine = maybe();
    F.IsMain = maybe();
    F.InternalOnly = maybe();
    F.Called = maybe();
    F.Driver = maybe();
    F.Blocks.resize(below(5));
    for (Block &B : F.Blocks) {
      if (maybe())
        B.Unwind = below(F.Blocks.size());
      for (unsigned N = below(6); N--;)
        B.Body.push_back(instruction(any(false), F.Blocks.size()));
      B.Body.push_back(instruction(any(true), F.Blocks.size()));
    }
    U.Functions.push_back(std::move(F));
  }

public:
  explicit RandomUnit(unsigned Seed) : Random(Seed) {}

  Unit make() {
    U.MainFile = text();
    U.Files = {text(), text()};
    for (unsigned R = below(3); R--;)
      U.Records.push_back({"r" + std::to_string(R), {}, {}, {text()}, {{text(), below(3)}, {text(), NoId}}, {}});
    for (RecordType &R : U.Records)
      for (unsigned N = below(3); N--;)
        (Random() % 2 ? R.Embedded : R.LeadBack).push_back(text());
    for (RecordType &R : U.Records)
      if (maybe())
        R.Use = {{below(3)}, {below(3), below(3)}, below(3), {below(3)}, maybe()};
    U.Globals = {{text(), place(), maybe(), maybe(), NoId}, {text(), place(), maybe(), maybe(), 2}};
    for (unsigned F = 0; F < 3; ++F)
      function();
    return std::move(U);
  }
};

} // namespace taskleak
