// A YAML text as a plain tree in which every node knows its line, and the list
// of all that is wrong with it. Annotations are read into the same tree, so one
// reader of rows serves both:
//   {name: push, role: send, value: 0}
//   [[clang::annotate("taskleak::send value=0")]]

#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <string>
#include <vector>

namespace taskleak {

struct Node {
  enum class Kind : uint8_t { Empty, Scalar, List, Map };
  Kind K = Kind::Empty;
  std::string Text;        ///< Of a scalar.
  std::vector<Node> Items; ///< Of a list; of a map: its values.
  std::string Key;         ///< If it stands in a map.
  unsigned Line = 0;

  bool isScalar() const { return K == Kind::Scalar; }
  bool isMap() const { return K == Kind::Map; }
  const Node *find(llvm::StringRef Name) const;
};

/// What is wrong with one file, as "FILE:LINE: message".
class Problems {
  std::string File;
  std::vector<std::string> Lines;

public:
  explicit Problems(llvm::StringRef File) : File(File) {}

  void add(unsigned Line, const llvm::Twine &Message);
  llvm::StringRef file() const { return File; }
  llvm::ArrayRef<std::string> all() const { return Lines; }
  bool empty() const { return Lines.empty(); }
};

/// The first document of \p Text; an empty node if it does not parse.
Node parseTree(llvm::StringRef Text, Problems &Out);

/// "send value=0 outcomes.closed=throw flags=try,timed" as {role: send, value: 0, ...}:
/// the first word is the value of \p FirstKey, a dot opens a map, a comma makes a list.
Node parseWords(llvm::StringRef Text, llvm::StringRef FirstKey, unsigned Line, Problems &Out);

} // namespace taskleak
