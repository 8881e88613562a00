// Reads the text form of a unit: its files, records, globals and functions.
// Records are read in ParseRecord.cpp, instructions in ParseInstruction.cpp.

#include "skeleton/Parser.h"
#include "skeleton/Text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace taskleak {

bool Parser::expected(const Twine &What) {
  std::string Found = T.is(Token::Kind::End) ? "the end of the text" : "'" + T.Spelled.str() + "'";
  if (Failure.empty())
    Failure = (Twine(T.Line) + ":" + Twine(T.Column) + ": expected " +
               (T.is(Token::Kind::Bad) ? Twine(T.Value) : What) + ", found " + Found)
                  .str();
  return false;
}

bool Parser::take(char Mark) {
  if (!T.isMark(Mark))
    return false;
  advance();
  return true;
}

bool Parser::take(StringRef Word) {
  if (!T.isWord(Word))
    return false;
  advance();
  return true;
}

bool Parser::mark(char C) { return take(C) || expected("'" + Twine(C) + "'"); }
bool Parser::word(StringRef W) { return take(W) || expected("'" + W + "'"); }

bool Parser::string(std::string &Into) {
  if (!T.is(Token::Kind::String))
    return expected("a string in double quotes");
  Into = T.Value;
  advance();
  return true;
}

bool Parser::name(std::string &Into, const Twine &What) {
  if (!T.is(Token::Kind::String) && !T.is(Token::Kind::Word))
    return expected(What);
  Into = T.Value;
  advance();
  return true;
}

bool Parser::number(Token::Kind K, uint32_t &Into, const Twine &What) {
  if (!T.is(K) || T.Number < 0 || T.Number > int64_t(UINT32_MAX))
    return expected(What);
  Into = T.Number;
  advance();
  return true;
}

/// Files, globals and functions are numbered in order, so that a slip in a
/// hand-written unit is not read as another unit.
bool Parser::numbered(size_t Next, const Twine &What) {
  if (T.Number != int64_t(Next) || (!T.is(Token::Kind::Number) && !T.is(Token::Kind::Function)))
    return expected(What);
  advance();
  return true;
}

bool Parser::assigned(uint32_t &Into) {
  return mark('=') && number(Token::Kind::Number, Into, "a number");
}

bool Parser::place(Place &P) {
  constexpr const char *Form = "a place, !file:line:column-column";
  StringRef Start, End, File, Rest, Line, Column;
  std::tie(Start, End) = StringRef(T.Value).split('-');
  std::tie(File, Rest) = Start.split(':');
  std::tie(Line, Column) = Rest.split(':');
  if (File.getAsInteger(10, P.File) || Line.getAsInteger(10, P.Line) || P.Line == 0 ||
      Column.getAsInteger(10, P.Column))
    return expected(Form);
  P.EndLine = P.Line;
  StringRef EndColumn = End;
  if (End.contains(':')) {
    StringRef EndLine;
    std::tie(EndLine, EndColumn) = End.split(':');
    if (EndLine.getAsInteger(10, P.EndLine))
      return expected(Form);
  }
  if (EndColumn.getAsInteger(10, P.EndColumn))
    return expected(Form);
  advance();
  return true;
}

bool Parser::kind(ObjectKind &K) {
  auto Parsed = T.is(Token::Kind::Word) ? parseObjectKind(T.Value) : std::nullopt;
  if (!Parsed)
    return expected("a kind of object");
  K = *Parsed;
  advance();
  return true;
}

bool Parser::atBlock() const {
  StringRef V = T.Value;
  return T.is(Token::Kind::Word) && V.consume_front("b") && !V.empty() && all_of(V, isDigit);
}

bool Parser::block(BlockId &B) {
  if (!atBlock() || StringRef(T.Value).drop_front().getAsInteger(10, B))
    return expected("a block, such as b0");
  advance();
  return true;
}

bool Parser::functionOrNone(FunctionId &F) {
  if (take('?')) {
    F = NoId;
    return true;
  }
  return number(Token::Kind::Function, F, "a function, such as @0, or '?'");
}

bool Parser::file() {
  size_t Next = U.Files.size();
  return numbered(Next, "file number " + Twine(Next)) && string(U.Files.emplace_back());
}

bool Parser::global() {
  size_t Next = U.Globals.size();
  Global &G = U.Globals.emplace_back();
  if (!numbered(Next, "global number " + Twine(Next)) || !string(G.Name))
    return false;
  while (!T.StartsLine && !T.is(Token::Kind::End)) {
    if (T.is(Token::Kind::Place)) {
      if (!place(G.At))
        return false;
    } else if (T.is(Token::Kind::Flag) && T.Value == "internal") {
      G.InternalOnly = true;
      advance();
    } else if (T.is(Token::Kind::Flag) && T.Value == "constant") {
      G.Constant = true;
      advance();
    } else if (take("init")) {
      if (!mark('=') || !functionOrNone(G.Initializer))
        return false;
    } else {
      return expected("'.internal', '.constant', 'init=' or a place");
    }
  }
  return true;
}

bool Parser::functionAttribute(Function &F) {
  if (T.is(Token::Kind::Place))
    return place(F.At);
  if (take("params"))
    return assigned(F.Params);
  if (take("captures"))
    return assigned(F.Captures);
  if (take("key"))
    return mark('=') && string(F.Key);
  bool *Set = !T.is(Token::Kind::Flag) ? nullptr
              : T.Value == "noexcept"  ? &F.NoExcept
              : T.Value == "coroutine" ? &F.Coroutine
              : T.Value == "number"    ? &F.YieldsNumber
              : T.Value == "main"      ? &F.IsMain
              : T.Value == "internal"  ? &F.InternalOnly
              : T.Value == "called"    ? &F.Called
              : T.Value == "driver"    ? &F.Driver
                                       : nullptr;
  if (!Set)
    return expected("'params=', 'captures=', 'key=', '.noexcept', '.coroutine', '.number', "
                    "'.main', '.internal', '.called', '.driver', a place or '{'");
  *Set = true;
  advance();
  return true;
}

bool Parser::slot(Function &F) {
  uint32_t N = 0;
  if (!number(Token::Kind::Slot, N, "a slot, such as %0"))
    return false;
  if (N >= F.Slots.size())
    F.Slots.resize(N + 1);
  SlotInfo &Info = F.Slots[N];
  if (T.is(Token::Kind::String) && !T.StartsLine && !string(Info.Name))
    return false;
  if (take("kind") && !(mark('=') && kind(Info.Kind)))
    return false;
  if (T.is(Token::Kind::Flag) && T.Value == "number" && !T.StartsLine) {
    Info.IsNumber = true;
    advance();
  }
  return true;
}

bool Parser::body(Function &F) {
  while (!T.isMark('}')) {
    BlockId B = NoId;
    if (F.Blocks.empty() && take("slot")) {
      if (!slot(F))
        return false;
      continue;
    }
    if (atBlock()) {
      if (StringRef(T.Value).drop_front() != utostr(F.Blocks.size()))
        return expected("b" + Twine(F.Blocks.size()));
      block(B);
      Block &New = F.Blocks.emplace_back();
      if ((take("unwind") && !block(New.Unwind)) || !mark(':'))
        return false;
      continue;
    }
    if (F.Blocks.empty())
      return expected("a slot, a block or '}'");
    if (!instruction(F, F.Blocks.back().Body.emplace_back()))
      return false;
  }
  advance();
  return true;
}

bool Parser::function() {
  size_t Next = U.Functions.size();
  Function &F = U.Functions.emplace_back();
  if (!numbered(Next, "function @" + Twine(Next)) || !string(F.Name))
    return false;
  while (!T.isMark('{'))
    if (!functionAttribute(F))
      return false;
  advance();
  return body(F) && (F.Slots.size() >= F.Params || (F.Slots.resize(F.Params), true));
}

bool Parser::unit() {
  if (!word("unit") || !string(U.MainFile))
    return false;
  while (!T.is(Token::Kind::End)) {
    bool Good = take("file")       ? file()
                : take("record")   ? record()
                : take("global")   ? global()
                : take("function") ? function()
                                   : expected("'file', 'record', 'global' or 'function'");
    if (!Good)
      return false;
  }
  return true;
}

Expected<Unit> parseUnit(StringRef Text) {
  Parser P(Text);
  if (!P.unit())
    return createStringError(inconvertibleErrorCode(), P.Failure);
  return std::move(P.U);
}

} // namespace taskleak
