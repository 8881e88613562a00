// What calls, types and destructors of libraries mean for tasks: rows of data,
// read from YAML files (models/*.yaml, the user's own) and from annotations.
// This part knows names, not Clang; see Resolve.h for how a declaration finds
// its row, and Row.h for what a row says.

#pragma once

#include "model/Row.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace taskleak {

/// All rows in force. Later rows win over earlier ones of the same name and parameters.
/// Rows stay where they are until the next file is added.
class Model {
public:
  Model();
  Model(Model &&);
  Model &operator=(Model &&);
  ~Model();

  /// The files that are embedded in the binary.
  static const Model &builtin();
  /// A copy of the shipped rows to which files can be added.
  static Model withBuiltin();

  /// Adds the rows of a YAML text. The error has one line per problem:
  /// "FILE:LINE: unknown role 'recieve'; did you mean 'receive'?"
  llvm::Error add(llvm::StringRef FileName, llvm::StringRef Text);
  llvm::Error addFile(llvm::StringRef Path);

  /// By qualified name without inline namespaces and template arguments. Null if unknown.
  const TypeModel *type(llvm::StringRef Name) const;
  /// All overload rows of a name, the user's first.
  std::vector<const CallModel *> calls(llvm::StringRef Name) const;
  /// Every last part of a name that some row has: the prefilter's words.
  bool hasIdentifier(llvm::StringRef Identifier) const;

  std::vector<const TypeModel *> allTypes() const;
  std::vector<const CallModel *> allCalls() const;
  /// Model files read, in order, with their library's name and the headers it is about.
  struct Source {
    std::string File, Library;
    std::vector<std::string> Headers;
  };
  llvm::ArrayRef<Source> sources() const;

private:
  struct Rows;
  std::unique_ptr<Rows> Data;
};

} // namespace taskleak
