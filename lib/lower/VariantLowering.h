// Lowers std::variant: a box that says which alternative it holds, and what that is. A part of
// FunctionLowering.
//   Message next = inbox.pop();
//   std::visit(overloaded{[&](const Job &job) { run(job); }, [&](Stop) { stop = true; }}, next);
// The box is a value: it is copied with its content and never changed by another variant's.

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

/// What a variant can hold, in order; empty for any other type.
llvm::SmallVector<clang::QualType, 4> alternatives(clang::QualType Variant);

/// What it holds of type \p Alternative ends with it: it cannot be copied.
bool isOwned(const clang::QualType &Alternative);

/// But for references and qualifiers.
bool isSameType(clang::QualType A, clang::QualType B);

/// What std::visit is given.
struct Visitor;

class VariantLowering {
public:
  explicit VariantLowering(FunctionLowering &L) : L(L), E(L.E) {}

  /// One that is made of these, as \p Maker says: a constructor or an assignment.
  Operand make(clang::QualType Variant, Exprs Args, const clang::FunctionDecl *Maker,
               const clang::Expr &Site);
  Operand makeDefault(clang::QualType Variant, clang::SourceRange At);
  /// One of which only the index is known, by a select.
  Operand ofIndex(clang::QualType Variant, Operand Index, const clang::Expr &Site);

  Operand modelled(const ModelledCall &C);
  void destroy(clang::QualType Variant, Operand Box, clang::SourceRange At);

private:
  FunctionLowering &L;
  Emitter &E;

  Operand box(clang::QualType Variant, Operand Index, clang::SourceRange At);
  Operand boxOf(clang::QualType Variant, unsigned Index, Operand Held, clang::SourceRange At);
  Operand indexOf(Operand Box, clang::SourceRange At);
  /// "message holds Stop"
  std::string say(const clang::Expr &Named, clang::QualType Alternative) const;
  Operand held(Operand Box, clang::QualType Alternative, bool ByReference, clang::SourceRange At);
  Operand get(const ModelledCall &C);
  Operand getIf(const ModelledCall &C);
  Operand emplace(const ModelledCall &C);
  Operand visit(const ModelledCall &C);
  Operand visitAlternative(const Visitor &By, Operand Box, clang::QualType Alternative,
                           const ModelledCall &C);
};

} // namespace taskleak
