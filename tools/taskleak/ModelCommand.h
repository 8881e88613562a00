// `taskleak model`: checks model files and lists the rows in force.
//   taskleak model check queue.yaml      taskleak model list boost.fiber

#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace taskleak {

/// Runs `model ARGS`. 0: done; 2: a file is wrong, or the words are.
int modelCommand(llvm::ArrayRef<llvm::StringRef> Args, llvm::raw_ostream &Out,
                 llvm::raw_ostream &Err);

} // namespace taskleak
