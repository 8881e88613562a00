// Look-ups in a unit.

#include "skeleton/Skeleton.h"

namespace taskleak {

const RecordType *Unit::findRecord(llvm::StringRef Name) const {
  for (const RecordType &R : Records)
    if (R.Name == Name)
      return &R;
  return nullptr;
}

} // namespace taskleak
