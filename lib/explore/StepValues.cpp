// Operations that only compute.

#include "explore/Arithmetic.h"
#include "explore/CaptureEnds.h"
#include "explore/Machine.h"
#include "explore/Pointers.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// A few of the lowest bits.
static bool isLowMask(const Program &P, Value V) {
  return V.isInt() && P.original(V.N) >= 0 && P.original(V.N) < 64;
}

/// What is computed from a pointer may still lead to the object, and is not followed.
static void loseTrack(World &W, Value A, Value B) {
  if (A.pointsToObject() && !B.pointsToObject() && !B.isZero())
    W.escape(A, /*Foreign=*/true);
  else if (B.pointsToObject() && !A.pointsToObject() && !A.isZero())
    W.escape(B, /*Foreign=*/true);
}

/// What is asked of two pointers of which one leads into an array.
static std::optional<bool> comparePointers(const World &W, Op Code, Value A, Value B) {
  bool IsOrder = Code == Op::Lt || Code == Op::Le;
  if (!A.pointsToObject() || !B.pointsToObject() ||
      !(IsOrder || isElementAddress(W, A) || isElementAddress(W, B)))
    return std::nullopt;
  std::optional<int32_t> Between = distance(W, A, B);
  if (!Between)
    return std::nullopt;
  return Code == Op::Lt   ? *Between > 0
         : Code == Op::Le ? *Between >= 0
                          : (*Between == 0) == (Code == Op::Eq);
}

void Machine::compare(const Code &C) {
  View V = view();
  Value A = V.arg(0), B = V.arg(1), Result;
  if (std::optional<bool> Is = comparePointers(W, C.op(), A, B))
    Result = Value::integer(*Is);
  else if (C.op() == Op::Eq)
    Result = equal(A, B);
  else if (C.op() == Op::Ne)
    Result = negation(equal(A, B));
  else if (C.has(Flag::Unsigned) && isBelowZero(A) != isBelowZero(B))
    Result = lessUnsigned(A, B);
  else
    Result = less(A, B, C.op() == Op::Le, C);
  setResult(C, Result);
  advance();
}

void Machine::value(const Code &C) {
  View V = view();
  Value A = V.arg(0), B = V.arg(1), Result;
  switch (C.op()) {
  case Op::Move:
    Result = A;
    break;
  case Op::Not:
    Result = negation(A);
    break;
  case Op::And:
    Result = both(Term::Kind::And, A, B);
    break;
  case Op::Or:
    Result = both(Term::Kind::Or, A, B);
    break;
  case Op::Add:
  case Op::Sub:
    if (std::optional<Value> Found = walk(W, C.op(), A, B)) {
      Result = *Found;
      break;
    }
    loseTrack(W, A, B);
    Result = C.has(Flag::Foreign) ? Value::foreign() : arithmetic(C.op(), A, B);
    break;
  case Op::BitAnd:
  case Op::BitOr:
  case Op::BitXor:
    // Low bits alone do not lead back: a test of a pointer's alignment.
    if (C.op() != Op::BitAnd || !(isLowMask(P, A) || isLowMask(P, B)))
      loseTrack(W, A, B);
    return compute(C, bits(P, C.op(), A, B));
  case Op::Shl:
  case Op::Shr:
    return compute(C, C.has(Flag::Unsigned) && isBelowZero(A) ? std::nullopt
                                                              : shifted(P, C.op(), A, B));
  case Op::Eq:
  case Op::Ne:
  case Op::Lt:
  case Op::Le:
    return compare(C);
  case Op::SameText:
    Result = sameText(A, B);
    break;
  case Op::Text:
    Result = C.Text ? Value::text(P.kept(C.Text)) : Value::null();
    break;
  case Op::Spell:
  case Op::Letter:
  case Op::Concat:
  case Op::Part:
  case Op::Length:
  case Op::Char:
  case Op::Find:
  case Op::FindLast:
  case Op::OrderTexts:
    return text(C);
  case Op::Mul:
    return compute(C, product(P, A, B));
  case Op::Min:
  case Op::Max:
    Result = chosen(C.op(), A, B);
    break;
  case Op::Div:
  case Op::Rem:
    return compute(C, C.has(Flag::Unsigned) && isBelowZero(A) ? dividedUnsigned(P, C.op(), A, B)
                                                              : divided(P, C.op(), A, B));
  case Op::Opaque:
    opaque(C, termOf(C));
    return advance();
  case Op::Symbol:
    if (C.has(Flag::Timed))
      Result = Value::integer(hasTime());
    else
      Result = C.has(Flag::Foreign) ? Value::foreign()
                                  : Value::symbol(W.Symbols.edit().intern(
                                        {Term::Kind::Fresh, C.Text, 0, C.Site, {}}));
    break;
  case Op::Caught:
    Result = task().Raised ? Value::text(task().Raised) : Value();
    break;
  case Op::Executor:
    Result = executor();
    break;
  case Op::Catches:
    Result = catches(C, A, B);
    break;
  case Op::Closure:
    Result = closure(C);
    break;
  default:
    break;
  }
  setResult(C, Result);
  advance();
}

/// Sets the result to what was worked out, or to a value that the outside answers for.
void Machine::compute(const Code &C, std::optional<Value> Known) {
  View V = view();
  if (Known)
    setResult(C, *Known);
  else if (V.arg(0).isInt() && V.arg(1).isInt())
    setResult(C, Value::foreign()); // Too large to be followed.
  else
    opaque(C, termOf(C));
  advance();
}

/// What the task, or the one whose select it is a case of, was put on.
Value Machine::executor() const {
  const Task *T = &task();
  while (T->Parent != NoObject)
    T = &*W.Tasks[W.taskOf(T->Parent)];
  return T->Done.isRef() ? T->Done : Value();
}

/// What is thrown is named by its type and those it derives from.
Value Machine::catches(const Code &C, Value Thrown, Value Otherwise) const {
  if (!Thrown.isText())
    return Otherwise;
  llvm::SmallVector<llvm::StringRef, 8> Types;
  P.text(TextId(Thrown.N)).split(Types, '|');
  return Value::integer(llvm::is_contained(Types, P.text(C.Text)));
}

Term Machine::termOf(const Code &C) const {
  View V = view();
  Term T{Term::Kind::Opaque, C.Text, 0, C.Site, {}};
  for (size_t I = 0; I < C.Args.size(); ++I)
    T.Args.push_back(V.arg(I));
  return T;
}

Value Machine::closure(const Code &C) {
  View V = view();
  Value A = V.arg(0);
  Object O;
  O.S = Body::Closure;
  O.Site = C.Site;
  O.N[0] = A.K == Value::Kind::Function ? A.N : -1;
  for (size_t I = 1; I < C.Args.size(); ++I)
    O.Items.push_back({V.arg(I)});
  // A closure of a closure binds further arguments.
  if (const Object *Inner = W.find(A); Inner && Inner->S == Body::Closure) {
    O.N[0] = Inner->N[0];
    if (ownsCaptures(*Inner))
      W.escape(A); // Which of the two is the last to go is not followed.
    O.Items.insert(O.Items.begin(), Inner->Items.begin(), Inner->Items.end());
  }
  return Value::ref(W.add(std::move(O)));
}

/// Sets the result to the value of a term that the outside answers for.
void Machine::opaque(const Code &C, Term T) {
  constexpr unsigned Deepest = 3;
  const SymbolTable &Table = *W.Symbols;
  T.Depth = Table.depth(T.Args);
  if (T.K == Term::Kind::Opaque && !task().Guessed)
    editTask().Guessed = true;
  // What is asked of a string or a number of the program's own, the program decides.
  bool AreKnown = llvm::all_of(T.Args, [](Value A) { return A.isText() || A.isInt() || A.isNull(); });
  bool IsText = llvm::any_of(T.Args, [](Value A) { return A.isText(); });
  bool IsAsked = IsText || (C.op() == Op::Opaque && !T.Args.empty());
  if (T.K == Term::Kind::Opaque && AreKnown && IsAsked)
    return setResult(C, Value::foreign());
  bool HasUnknown = false;
  Value About; // Of whatever is unknown.
  for (Value A : T.Args) {
    if (A.isForeign())
      return setResult(C, A);
    HasUnknown |= A.isUnknown();
    if (A.isUnknown() && A.N)
      About = A;
  }
  if (HasUnknown || T.Depth > Deepest) {
    T.K = Term::Kind::Fresh;
    T.Args.assign(About.N ? 1 : 0, About);
    return setResult(C, T.Depth > Deepest
                            ? Value()
                            : Value::symbol(W.Symbols.edit().intern(std::move(T))));
  }
  // Asked again in the same place (a loop), the outside may answer otherwise.
  const Fact *Known = Table.fact(T);
  std::optional<uint32_t> Symbol = Table.find(T);
  if (Known && !Known->IsCount && Known->About.Site == C.Site && choose(2) == 1) {
    bool WasZero = Known->Is.isZero();
    Flipped = true;
    W.Symbols.edit().forget(T);
    uint32_t New = W.Symbols.edit().intern(T);
    if (WasZero)
      W.Symbols.edit().learn({Term::Kind::Truth, 0, 1, 0, {Value::symbol(New)}},
                             Value::integer(1));
    return setResult(C, Value::symbol(New));
  }
  if (Known = W.Symbols->fact(T); Known)
    return setResult(C, Known->Is);
  if (Symbol && W.Symbols->Terms[*Symbol].Site == C.Site) {
    const Fact *True =
        W.Symbols->fact({Term::Kind::Truth, 0, 1, 0, {Value::symbol(*Symbol)}});
    if (True && choose(2) == 1) {
      Flipped = true;
      W.Symbols.edit().forget(T);
      W.Symbols.edit().learn(T, Value::integer(0));
      return setResult(C, Value::integer(0));
    }
  }
  setResult(C, Value::symbol(W.Symbols.edit().intern(std::move(T))));
}

} // namespace taskleak
