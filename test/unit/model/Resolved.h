// Resolves every call of a source and compares the rows with what the source
// says itself, at the end of the line:
//   q.push(1); // send value=0
//   x.size();  // -
// Lines without a comment are not looked at.

#pragma once

#include "model/Resolve.h"

#include "clang/Frontend/ASTUnit.h"

#include <string>
#include <vector>

namespace taskleak {

struct Parsed {
  std::unique_ptr<clang::ASTUnit> Unit;
  bool HasErrors = false;
};

/// Parses \p Code as \p Name (its ending tells the language) with the real headers.
Parsed parse(const std::string &Code, const std::string &Name = "test.cpp",
             std::vector<std::string> Args = {"-std=c++20"});

/// "wait lock=0 predicate=1": the role and what differs from the default.
std::string describe(const CallModel &Row);
std::string describe(const TypeModel &Row);

/// Fails the test for each line on which the rows of its calls (of its variables' types for
/// "// type ...") are not those in its comment.
void expectRows(const std::string &Code, const Model &Rows = Model::builtin(),
                const std::string &Name = "test.cpp",
                std::vector<std::string> Args = {"-std=c++20"});

/// The same in C++20 with the default standard library, and with libc++ where it is installed.
void expectStd(const std::string &Code);

} // namespace taskleak
