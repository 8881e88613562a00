// Arrays: sequences of a known length.
//   struct job queue[4];   four jobs, though none is written down

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::fillArray(QualType T, Operand Sequence, uint64_t Known,
                                    const Expr *Filler, StringRef Name, SourceRange At) {
  constexpr uint64_t MostElements = 16;
  std::optional<uint64_t> Length = Forms::length(T);
  if (!Length || *Length <= Known)
    return Sequence;
  if (*Length > MostElements)
    return Operand::unknown();
  QualType Of = Forms::element(T);
  TypeForm Element = form(Of);
  for (uint64_t I = Known; I < *Length && !Element.is(Form::Nothing); ++I) {
    Operand Value = Filler ? initialize(Of, Filler, Name, At) : makeDefault(Of, Element, Name, At);
    E.act(Op::Append, {Sequence, Value}, at(At));
  }
  return Sequence;
}

} // namespace taskleak
