// The words of model files and what they stand for, and the nearest valid word
// to a mistyped one.

#pragma once

#include "model/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace taskleak {

template <typename E> struct Word {
  llvm::StringRef Text;
  E Value;
};

llvm::ArrayRef<Word<CallRole>> roleWords();
llvm::ArrayRef<Word<TypeShape>> shapeWords();
llvm::ArrayRef<Word<DestructorEffect>> destructorWords();
llvm::ArrayRef<Word<Blocking>> blockingWords();
llvm::ArrayRef<Word<Style>> styleWords();
llvm::ArrayRef<Word<Outcome>> outcomeWords();
llvm::ArrayRef<Word<Flag>> flagWords();
llvm::ArrayRef<Word<ObjectKind>> kindWords();

/// The word of \p Valid that is spelled most like \p Wrong; empty if none is near.
llvm::StringRef nearest(llvm::StringRef Wrong, llvm::ArrayRef<llvm::StringRef> Valid);

} // namespace taskleak
