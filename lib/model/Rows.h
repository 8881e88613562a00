// From a tree to rows. Every key of the YAML form is one entry of a table here;
// what a table does not have is refused, with the nearest word that it has.

#pragma once

#include "model/Model.h"
#include "model/Tree.h"

#include <vector>

namespace taskleak {

struct ModelFile {
  std::string Library;
  std::vector<std::string> Headers;
  std::vector<TypeModel> Types;
  std::vector<CallModel> Calls;
};

/// Reads the root of a model file. Problems are collected; the rows without
/// problems are in the result all the same.
ModelFile readModelFile(const Node &Root, Problems &Out);

/// Rows for one annotated declaration, without a name of its own.
CallModel readCallAnnotation(const Node &Row, Problems &Out);
TypeModel readTypeAnnotation(const Node &Row, Problems &Out);

/// The keys that a type and a call understand, sorted.
std::vector<llvm::StringRef> typeKeys();
std::vector<llvm::StringRef> callKeys();

/// "push" of "ns::queue::push".
llvm::StringRef lastPart(llvm::StringRef QualifiedName);
/// "ns::queue" of "ns::queue::push"; empty for a plain name.
llvm::StringRef qualifier(llvm::StringRef QualifiedName);

} // namespace taskleak
