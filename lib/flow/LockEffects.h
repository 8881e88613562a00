// What a call does to the locks that its callee reaches through parameters and
// globals: wrappers around lock and unlock count as what they wrap.
//   void Mutex::Lock() { pthread_mutex_lock(&mu_); }     acquires this->mu_
//   bool Table::add(T X) { std::lock_guard G(M); ... }   does nothing that lasts

#pragma once

#include "flow/CallFacts.h"
#include "flow/Subject.h"

#include "llvm/ADT/ArrayRef.h"

namespace taskleak {

/// A lock that is held, or no longer held, when the function returns.
struct LockEffect {
  enum class Does : uint8_t { Acquires, Releases, Unclear };
  Operand Root; ///< A parameter's slot, or a global.
  std::vector<std::string> Fields;
  Does What = Does::Unclear;
  bool MayRelease = false; ///< Some return leaves it unlocked that was locked before.
  llvm::StringRef Owner;   ///< The class of a method.
};

class LockEffects {
public:
  explicit LockEffects(const CallFacts &Facts);

  /// What every return of \p F has in common. Nothing: no lock is other than before.
  llvm::ArrayRef<LockEffect> of(FunctionId F) const { return Effects[F]; }

  /// \p F or a function that it calls does something to a lock that lasts.
  bool isTouchedBy(FunctionId F) const { return Touched[F]; }

  /// Some function unlocks what \p S of \p F leads to without having locked it: who locks it
  /// may mean to leave it so.
  bool isReleasedElsewhere(const Function &F, const Subject &S) const;

private:
  std::vector<std::vector<LockEffect>> Effects;
  std::vector<bool> Touched;
};

/// The locks that \p F takes or gives back, itself or by calls, as subjects.
std::vector<Subject> lockSubjects(const CallFacts &Facts, const LockEffects &Known, FunctionId F,
                                  const Conditions &Conditions);

/// The class that a method belongs to, by name; empty for other functions.
llvm::StringRef ownerOf(const Function &F);

/// May \p I unlock something?
bool mayUnlock(const CallFacts &Facts, const Instruction &I);

} // namespace taskleak
