// Function @0 before and after simplify, as text.

#pragma once

#include "skeleton/Simplify.h"
#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

/// The blocks of function @0 after simplify, without indentation.
inline std::string simplified(const std::string &Body, const std::string &More = "") {
  auto U = parseUnit("unit \"u\"\nfile 0 \"u.cpp\"\nfunction @0 \"f\" params=2 {\n" + Body + "}\n" +
                     More);
  if (!U)
    return llvm::toString(U.takeError());
  for (const std::string &Problem : verify(*U))
    return Problem;
  simplify(*U);
  for (const std::string &Problem : verify(*U))
    return "afterwards: " + Problem;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(*U, U->Functions[0], OS);
  std::string Blocks;
  llvm::SmallVector<llvm::StringRef> Lines;
  llvm::StringRef(Text).split(Lines, '\n');
  for (llvm::StringRef Line : Lines)
    if (!Line.trim().empty() && Line[0] == ' ' && !Line.trim().starts_with("slot"))
      Blocks += Line.trim().str() + "\n";
  return Blocks;
}

/// \p Body must stay as it is.
inline void expectKept(const std::string &Body, const std::string &More = "") {
  EXPECT_EQ(simplified(Body, More), Body);
}
