// Names what is malformed in a unit, so that a slip in `lower` or in a test is
// told where it is and not as a strange finding later.
//   function @0 "f", b1, instruction 2 (load): 0 operands, expected 1

#include "skeleton/Shape.h"
#include "skeleton/Text.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace taskleak {

namespace {
class Verifier {
  const Unit &U;
  std::string Where;

  void complain(const Twine &What) { Problems.push_back((Where + ": " + What).str()); }
  void operand(const Function &F, const Operand &O);
  void slot(const Function &F, SlotId S);
  void target(const Function &F, BlockId B, StringRef What);
  void operands(const Instruction &I);
  void results(const Function &F, const Instruction &I);
  void place(const Place &P);
  void instruction(const Function &F, const Instruction &I);
  void block(const Function &F, const Block &B, StringRef Prefix);
  void callable(FunctionId F, StringRef What);

public:
  explicit Verifier(const Unit &U) : U(U) {}
  void function(FunctionId Id);
  void records();
  void globals();
  std::vector<std::string> Problems;
};
} // namespace

static std::string label(StringRef What, uint64_t N, StringRef Name) {
  return (What + Twine(N) + " \"" + Name + "\"").str();
}

void Verifier::slot(const Function &F, SlotId S) {
  if (S != NoId && S >= F.Slots.size())
    complain("slot %" + Twine(S) + " does not exist");
}

void Verifier::callable(FunctionId F, StringRef What) {
  if (F >= U.Functions.size())
    complain(What + (F == NoId ? " is missing" : " @" + Twine(F) + " does not exist"));
}

void Verifier::operand(const Function &F, const Operand &O) {
  if (O.isSlot())
    slot(F, O.Number);
  else if (O.K == Operand::Kind::Function)
    callable(O.Number, "function");
  else if (O.K == Operand::Kind::Global && O.Number >= int64_t(U.Globals.size()))
    complain("global $" + Twine(O.Number) + " does not exist");
}

void Verifier::target(const Function &F, BlockId B, StringRef What) {
  if (B >= F.Blocks.size())
    complain(What + " b" + Twine(B) + " does not exist");
}

void Verifier::operands(const Instruction &I) {
  Shape S = shape(I.Code);
  if (I.Code == Op::Make) {
    auto Range = makeOperands(I.Kind);
    if (!Range)
      return complain("a " + spelling(I.Kind) + " cannot be made");
    std::tie(S.Least, S.Most) = *Range;
  }
  size_t N = I.Operands.size();
  if (N >= S.Least && N <= S.Most)
    return;
  std::string Expected = std::to_string(S.Least);
  if (S.Most == AnyNumber)
    Expected = "at least " + Expected;
  else if (S.Most != S.Least)
    Expected += (S.Most == S.Least + 1 ? " or " : " to ") + std::to_string(S.Most);
  complain(Twine(N) + (N == 1 ? " operand" : " operands") + ", expected " + Expected);
}

void Verifier::results(const Function &F, const Instruction &I) {
  Shape S = shape(I.Code);
  slot(F, I.Result);
  slot(F, I.Received);
  if (I.Result != NoId && !S.MayYield)
    complain("it has no result");
  if (I.Received != NoId && !S.MayReceive)
    complain("it receives no value");
}

void Verifier::place(const Place &P) {
  if (P.isValid() && P.File >= U.Files.size())
    complain("file " + Twine(P.File) + " does not exist");
}

void Verifier::instruction(const Function &F, const Instruction &I) {
  Shape S = shape(I.Code);
  operands(I);
  results(F, I);
  place(I.At);
  for (const Operand &O : I.Operands)
    operand(F, O);
  for (const auto &[Name, Value] : I.Named)
    operand(F, Value);
  if (I.Code == Op::Call)
    callable(I.Callee, "callee");
  else if (I.Callee != NoId)
    complain("only a call has a callee");
  if (I.Code != Op::Make && I.Kind != ObjectKind::None)
    complain("only make has a kind");
  if (S.NeedsText && I.Text.empty())
    complain("its name in double quotes is missing");
  if (I.Targets.size() != S.Targets)
    complain(Twine(I.Targets.size()) + " targets, expected " + Twine(S.Targets));
  for (BlockId T : I.Targets)
    target(F, T, "target");
}

void Verifier::block(const Function &F, const Block &B, StringRef Prefix) {
  Where = Prefix;
  if (B.Unwind != NoId)
    target(F, B.Unwind, "unwind target");
  if (B.Body.empty() || !isTerminator(B.Body.back().Code))
    complain("it does not end with a terminator");
  for (size_t N = 0; N < B.Body.size(); ++N) {
    const Instruction &I = B.Body[N];
    Where = (Prefix + ", instruction " + Twine(N) + " (" + spelling(I.Code) + ")").str();
    instruction(F, I);
    if (isTerminator(I.Code) && N + 1 != B.Body.size())
      complain("a terminator in the middle of a block");
  }
}

void Verifier::function(FunctionId Id) {
  const Function &F = U.Functions[Id];
  std::string Name = label("function @", Id, F.Name);
  Where = Name;
  place(F.At);
  if (F.Captures > F.Params)
    complain(Twine(F.Captures) + " captures, but only " + Twine(F.Params) + " parameters");
  if (F.Params > F.Slots.size())
    complain(Twine(F.Params) + " parameters, but only " + Twine(F.Slots.size()) + " slots");
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    block(F, F.Blocks[B], (Name + ", b" + Twine(B)).str());
}

void Verifier::records() {
  StringSet<> Seen;
  for (const RecordType &R : U.Records) {
    Where = "record \"" + R.Name + "\"";
    if (!Seen.insert(R.Name).second)
      complain("it is there twice");
    for (const auto &[Key, F] : R.Methods)
      if (F != NoId)
        callable(F, "method \"" + Key + "\"");
    for (FunctionId F : R.Use.Makers)
      callable(F, "maker");
    for (FunctionId F : R.Use.Creators)
      callable(F, "creator");
    for (FunctionId F : R.Use.Calls)
      callable(F, "call");
    if (R.Use.Ender != NoId)
      callable(R.Use.Ender, "ender");
  }
}

void Verifier::globals() {
  for (size_t N = 0; N < U.Globals.size(); ++N) {
    const Global &G = U.Globals[N];
    Where = label("global ", N, G.Name);
    place(G.At);
    if (G.Initializer != NoId)
      callable(G.Initializer, "initializer");
  }
}

std::vector<std::string> verify(const Unit &U) {
  Verifier V(U);
  V.records();
  V.globals();
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    V.function(F);
  return std::move(V.Problems);
}

} // namespace taskleak
