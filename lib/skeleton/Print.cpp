// Skeletons as text; the grammar is in docs/skeleton.md. What is printed parses
// back to an equal unit:
//   %2, %3 = receive.timed %1 cancel=%0 !0:6:3-9

#include "skeleton/Text.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {

static void quote(StringRef S, raw_ostream &OS) {
  OS << '"';
  for (unsigned char C : S) {
    if (C == '"' || C == '\\')
      OS << '\\' << C;
    else if (C == '\n')
      OS << "\\n";
    else if (C < 0x20)
      OS << "\\x" << hexdigit(C >> 4, true) << hexdigit(C & 15, true);
    else
      OS << C;
  }
  OS << '"';
}

static bool isWord(StringRef S) {
  return !S.empty() && !isDigit(S[0]) && all_of(S, [](char C) { return isAlnum(C) || C == '_'; });
}

static void printField(StringRef Name, raw_ostream &OS) {
  if (isWord(Name))
    OS << Name;
  else
    quote(Name, OS);
}

static void printFunctionId(FunctionId F, raw_ostream &OS) {
  if (F == NoId)
    OS << '?';
  else
    OS << '@' << F;
}

static void printPlace(const Place &P, raw_ostream &OS) {
  if (!P.isValid())
    return;
  OS << " !" << P.File << ':' << P.Line << ':' << P.Column << '-';
  if (P.EndLine != P.Line)
    OS << P.EndLine << ':';
  OS << P.EndColumn;
}

static void printOperand(const Operand &O, raw_ostream &OS) {
  switch (O.K) {
  case Operand::Kind::Unknown:
    OS << '?';
    return;
  case Operand::Kind::Slot:
    OS << '%' << O.Number;
    return;
  case Operand::Kind::Int:
    OS << O.Number;
    return;
  case Operand::Kind::Null:
    OS << "null";
    return;
  case Operand::Kind::Global:
    OS << '$' << O.Number;
    return;
  case Operand::Kind::Function:
    OS << '@' << O.Number;
    return;
  }
}

static void printResults(const Instruction &I, raw_ostream &OS) {
  if (I.Result == NoId && I.Received == NoId)
    return;
  if (I.Result == NoId)
    OS << '_';
  else
    OS << '%' << I.Result;
  if (I.Received != NoId)
    OS << ", %" << I.Received;
  OS << " = ";
}

static void printFlags(Flags F, StringRef Before, raw_ostream &OS) {
  for (unsigned N = 0; N < unsigned(Flag::Last); ++N)
    if (F.has(Flag(N)))
      OS << Before << '.' << spelling(Flag(N));
}

static void printOutcomes(const Instruction &I, raw_ostream &OS) {
  if (I.Outcomes.empty())
    return;
  OS << " on(";
  ListSeparator Comma;
  for (const OutcomeValue &O : I.Outcomes) {
    OS << Comma << spelling(O.When) << '=';
    if (O.Throws)
      OS << "throw";
    else
      OS << O.Value;
  }
  OS << ')';
}

static void printInstruction(const Instruction &I, raw_ostream &OS) {
  // A `make` reads as what it makes: its name and flags stand behind.
  bool Makes = I.Code == Op::Make;
  OS << "    ";
  printResults(I, OS);
  OS << spelling(I.Code);
  if (Makes)
    OS << ' ' << spelling(I.Kind);
  else
    printFlags(I.Flag, "", OS);
  if (!Makes && !I.Text.empty())
    quote(I.Text, OS << ' ');
  if (I.Code == Op::Call)
    printFunctionId(I.Callee, OS << ' ');
  ListSeparator Comma(",");
  for (const Operand &O : I.Operands)
    printOperand(O, OS << StringRef(Comma) << ' ');
  for (BlockId T : I.Targets)
    OS << " b" << T;
  for (const auto &[Name, Value] : I.Named)
    printOperand(Value, OS << ' ' << spelling(Name) << '=');
  if (Makes && !I.Text.empty())
    quote(I.Text, OS << ' ');
  if (Makes)
    printFlags(I.Flag, " ", OS);
  printOutcomes(I, OS);
  printPlace(I.At, OS);
  OS << '\n';
}

static bool mentions(const Function &F, SlotId S) {
  auto Reads = [S](const Operand &O) { return O == Operand::slot(S); };
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Result == S || I.Received == S || any_of(I.Operands, Reads) ||
          any_of(I.Named, [&](const auto &N) { return Reads(N.second); }))
        return true;
  return S < F.Params;
}

static void printSlots(const Function &F, raw_ostream &OS) {
  for (SlotId S = 0; S < F.Slots.size(); ++S) {
    const SlotInfo &Info = F.Slots[S];
    bool Last = S + 1 == F.Slots.size();
    bool Named = !Info.Name.empty() || Info.Kind != ObjectKind::None || Info.IsNumber;
    if (!Named && (!Last || mentions(F, S)))
      continue;
    OS << "  slot %" << S;
    if (!Info.Name.empty())
      quote(Info.Name, OS << ' ');
    if (Info.Kind != ObjectKind::None)
      OS << " kind=" << spelling(Info.Kind);
    if (Info.IsNumber)
      OS << " .number";
    OS << '\n';
  }
}

static void printHeader(const Function &F, raw_ostream &OS) {
  OS << " params=" << F.Params << " captures=" << F.Captures;
  if (!F.Key.empty())
    quote(F.Key, OS << " key=");
  for (auto [On, Word] : {std::pair(F.NoExcept, " .noexcept"),
                          {F.Coroutine, " .coroutine"},
                          {F.YieldsNumber, " .number"},
                          {F.IsMain, " .main"},
                          {F.InternalOnly, " .internal"},
                          {F.Called, " .called"},
                          {F.Driver, " .driver"}})
    if (On)
      OS << Word;
  printPlace(F.At, OS);
}

void print(const Unit &U, const Function &F, raw_ostream &OS) {
  quote(F.Name, OS << "function @" << (&F - U.Functions.data()) << ' ');
  printHeader(F, OS);
  OS << " {\n";
  printSlots(F, OS);
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    OS << "  b" << B;
    if (F.Blocks[B].Unwind != NoId)
      OS << " unwind b" << F.Blocks[B].Unwind;
    OS << ":\n";
    for (const Instruction &I : F.Blocks[B].Body)
      printInstruction(I, OS);
  }
  OS << "}\n";
}

static void print(const ClassUse &Use, raw_ostream &OS) {
  for (FunctionId F : Use.Makers)
    OS << " maker(@" << F << ')';
  for (FunctionId F : Use.Creators)
    OS << " creator(@" << F << ')';
  if (Use.Ender != NoId)
    OS << " ender(@" << Use.Ender << ')';
  for (FunctionId F : Use.Calls)
    OS << " call(@" << F << ')';
  if (Use.Open)
    OS << " .open";
}

static void printFields(StringRef Part, ArrayRef<std::string> Fields, raw_ostream &OS) {
  if (Fields.empty())
    return;
  OS << ' ' << Part << '(';
  ListSeparator Comma;
  for (const std::string &Field : Fields)
    printField(Field, OS << StringRef(Comma));
  OS << ')';
}

static void print(const RecordType &R, raw_ostream &OS) {
  quote(R.Name, OS << "record ");
  printFields("embedded", R.Embedded, OS);
  printFields("leadback", R.LeadBack, OS);
  for (const std::string &Base : R.Bases) {
    quote(Base, OS << " base(");
    OS << ')';
  }
  for (const auto &[Key, F] : R.Methods) {
    quote(Key, OS << " method(");
    printFunctionId(F, OS << " = ");
    OS << ')';
  }
  print(R.Use, OS);
  OS << '\n';
}

static void print(const Global &G, size_t Index, raw_ostream &OS) {
  quote(G.Name, OS << "global " << Index << ' ');
  if (G.InternalOnly)
    OS << " .internal";
  if (G.Constant)
    OS << " .constant";
  if (G.Initializer != NoId)
    OS << " init=@" << G.Initializer;
  printPlace(G.At, OS);
  OS << '\n';
}

void print(const Unit &U, raw_ostream &OS) {
  quote(U.MainFile, OS << "unit ");
  OS << '\n';
  for (size_t I = 0; I < U.Files.size(); ++I) {
    quote(U.Files[I], OS << "file " << I << ' ');
    OS << '\n';
  }
  for (const RecordType &R : U.Records)
    print(R, OS);
  for (size_t I = 0; I < U.Globals.size(); ++I)
    print(U.Globals[I], I, OS);
  for (const Function &F : U.Functions)
    print(U, F, OS << '\n');
}

} // namespace taskleak
