// A report about a source file that exists only for one test.

#pragma once

#include "report/Report.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

class Sample {
public:
  explicit Sample(llvm::StringRef Text, llvm::StringRef Name = "order.cpp");
  ~Sample();

  /// Adds a finding at a range of one line, columns in bytes, the end exclusive.
  Finding &add(unsigned Line, unsigned Column, unsigned EndColumn);

  Place at(unsigned Line, unsigned Column, unsigned EndColumn) const;

  std::string Folder; ///< Absolute.
  Report R;
};

/// Checks for reports, with pages.
llvm::ArrayRef<Rule> sampleRules();

} // namespace taskleak
