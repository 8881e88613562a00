// What is known about unknown values. A symbol is defined by a term; what was
// decided about a term is a fact, kept as long as the term can be built again.
//   if (verbose) lock(); ... if (verbose) unlock();   // decided once

#pragma once

#include "explore/Value.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <vector>

namespace taskleak {

struct Term {
  enum class Kind : uint8_t {
    Fresh,  ///< An identity of its own.
    Opaque, ///< Text(args).
    Load,   ///< args[0]."Text"
    Size,   ///< the number of elements of args[0]; the text is only how it was written
    Truth,  ///< args[0] is not 0
    Equal,  ///< args[0] == args[1]
    Negative, ///< args[0] < 0
    IsA,    ///< args[0] is an object of type Text
    Not,
    And,
    Or,
    Add,
    Sub,
  };
  Kind K = Kind::Fresh;
  TextId Text = 0;
  uint8_t Depth = 0; ///< Terms inside terms; bounded.
  uint32_t Site = 0; ///< Where it was built first; NoId: by the scenario's caller. Not part of what it is.
  llvm::SmallVector<Value, 2> Args;

  bool isTest() const { return K >= Kind::Truth && K <= Kind::Or; }
  bool same(const Term &Other) const {
    bool SameText = K == Kind::Size || Text == Other.Text;
    return K != Kind::Fresh && K == Other.K && SameText && Args == Other.Args;
  }
};

/// A term and what was decided about it.
struct Fact {
  Term About;
  Value Is;
  bool IsCount = false; ///< Decided by comparing it with a number: a size or loop bound.
};

struct SymbolTable {
  std::vector<Term> Terms;
  std::vector<bool> Live; ///< Places of dead symbols are used again.
  std::vector<Fact> Facts;

  const Fact *fact(const Term &T) const;
  /// The symbol of \p T if there is one.
  std::optional<uint32_t> find(const Term &T) const;
  void learn(Term T, Value Is, bool IsCount = false);
  /// A symbol for \p T: the one that it has, or a new one.
  uint32_t intern(Term T);
  /// Later terms equal to \p T are new ones.
  void forget(const Term &T);
  /// What \p Of is asked from now on are new questions.
  void forgetAnswers(Value Of);
  /// One more than the deepest operand.
  uint8_t depth(llvm::ArrayRef<Value> Args) const;

private:
  void forgetIf(llvm::function_ref<bool(const Term &)> Is);
};

} // namespace taskleak
