// Rows that stand in the user's own sources:
//   [[clang::annotate("taskleak::send value=0")]] void push(Item);
//   struct [[clang::annotate("taskleak::type shape=object kind=channel")]] Queue;

#pragma once

#include "model/Model.h"

#include "clang/AST/Decl.h"

#include <optional>
#include <string>
#include <vector>

namespace taskleak {

/// The row that the function, or the template it was made from, is annotated
/// with. What is wrong with it goes to \p Problems and there is no row.
std::optional<CallModel> annotatedCall(const clang::FunctionDecl &F,
                                       std::vector<std::string> &Problems);
std::optional<TypeModel> annotatedType(const clang::RecordDecl &R,
                                       std::vector<std::string> &Problems);

} // namespace taskleak
