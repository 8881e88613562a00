// Which objects of a path are copies of each other, and which of them were used.
//   Rebuild R{Tally(2)};  run([R] { R.tally.countDown(); });  R.tally.wait();
// The tasks count down copies of what is waited for.

#pragma once

#include "explore/Machine.h"

#include <map>
#include <set>

namespace taskleak {

class CopyTrail {
public:
  /// One step: \p Now still has all objects that \p Step names.
  void note(const Program &P, const World &Now, const Record &Step);
  /// Forgets the objects that have gone.
  void keepLiving(const World &Now);
  /// A copy of \p Wanted, or of what it is part of, that others used.
  std::optional<UsedCopy> usedInsteadOf(const Program &P, const World &Now, Value Wanted) const;

private:
  struct Use {
    unsigned Family;
    ObjectId Object;
    InstructionRef At;
  };
  struct Family {
    InstructionRef Copied;
    ObjectId Copier;
  };
  std::vector<Family> Families;
  std::map<ObjectId, unsigned> FamilyOf;
  std::set<FunctionId> Copiers; ///< Copy constructors: what they write is the copy itself.
  std::vector<Use> Uses;

  void use(const Program &P, const World &Now, ObjectId Object, InstructionRef At, ObjectId By,
           bool IsStore);
};

} // namespace taskleak
