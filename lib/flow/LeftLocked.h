// Whether a return that leaves a lock locked is meant to.
//   if (!t) { unlock(); return nullptr; }  return t;   the caller can tell: it is
//   if (bad) return -1;  ...  unlock();  return 0;     it is not
//   if (bad) return NotOwner;  ...  unlock();  return Ok;   nor is it where nobody could unlock it

#pragma once

#include "flow/Paths.h"

namespace taskleak {

/// The shortest path on which a lock is forgotten, one without exceptions if there is
/// any; null if there is none. \p MayBeKept: somebody else may unlock it later on.
const OpenPath *pathLeftLocked(const Unit &U, const PathsResult &Paths, bool MayBeKept);

} // namespace taskleak
