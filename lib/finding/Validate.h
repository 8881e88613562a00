// What every check must bring, so that it can be listed, explained and
// suppressed: tested when the build's list is made, and by the tools' start.

#pragma once

#include "finding/Check.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace taskleak {

/// Refuses a check without summary, page or function, an id that is no
/// kebab-case or is there twice, a fault that two checks judge, a page that
/// lacks a heading. The error has one line a problem.
llvm::Error validate(llvm::ArrayRef<const Check *> Checks,
                     llvm::function_ref<llvm::StringRef(const Check &)> Page);

/// The headings of a check's page, in order.
llvm::ArrayRef<llvm::StringRef> pageHeadings();

} // namespace taskleak
