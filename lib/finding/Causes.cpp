// Root causes among stuck waits: a small graph search over who holds up whom.

#include "finding/Causes.h"

#include "finding/Room.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

namespace taskleak {

namespace {

/// The stuck waits as a graph: an edge leads to a wait that holds this one up.
class HoldUps {
  const UnitFacts &Facts;
  std::vector<std::vector<bool>> Reach;

public:
  explicit HoldUps(const UnitFacts &Facts) : Facts(Facts) {
    for (size_t From = 0; From < Facts.Stucks.size(); ++From)
      Reach.push_back(reachableFrom(From));
  }

  Fault faultOf(size_t I) const {
    return fault(Facts.Skeletons, Facts.Stucks[I]);
  }
  bool isJudged(size_t I) const { return llvm::is_contained(Facts.Judged, faultOf(I)); }
  bool reaches(size_t From, size_t To) const { return Reach[From][To]; }
  bool isHeldUp(size_t I) const { return !holders(I).empty(); }

  /// True if reporting \p Other makes a report of \p I superfluous.
  bool hides(size_t Other, size_t I) const {
    if (Other == I || !reaches(I, Other) || !isJudged(Other))
      return false;
    if (!reaches(Other, I))
      return true;
    // In a ring, who waits for a task to end only follows what that task waits for, unless
    // it keeps a lock from it; and who wants a lock follows who waits with one.
    auto Rank = [&](size_t J) {
      const Stuck &S = Facts.Stucks[J];
      bool Follows = S.ForTasks && faultOf(J) > Fault::LockCycle;
      return std::make_tuple(Follows, faultOf(J), S.Kind == ObjectKind::Lock, S.At, J);
    };
    return Rank(Other) < Rank(I);
  }

  bool isInRing(size_t I) const { return Reach[I][I]; }

  /// What a select waits for is told with the select.
  bool isCaseOfSelect(size_t I) const {
    return llvm::any_of(Facts.Stucks, [&](const Stuck &Other) {
      return llvm::is_contained(Other.Cases, Facts.Stucks[I].At);
    });
  }

private:
  /// Where the tasks that hold this one up are blocked. One that waits for the
  /// outside world has no fault of its own.
  std::vector<InstructionRef> holders(size_t I) const {
    const Stuck &S = Facts.Stucks[I];
    std::vector<InstructionRef> Out;
    for (unsigned Task : S.HeldUpBy) {
      InstructionRef Blocked = S.Tasks[Task].Blocked;
      bool IsOwn = Blocked == S.At || llvm::is_contained(S.Cases, Blocked);
      if (!S.Tasks[Task].Hung && Blocked.isValid() && !IsOwn)
        Out.push_back(Blocked);
    }
    return Out;
  }

  std::vector<bool> reachableFrom(size_t From) const {
    std::vector<bool> Seen(Facts.Stucks.size());
    std::vector<size_t> Work = {From};
    while (!Work.empty()) {
      std::vector<InstructionRef> Next = holders(Work.back());
      Work.pop_back();
      for (size_t To = 0; To < Facts.Stucks.size(); ++To)
        if (!Seen[To] && llvm::is_contained(Next, Facts.Stucks[To].At)) {
          Seen[To] = true;
          Work.push_back(To);
        }
    }
    return Seen;
  }
};

} // namespace

std::vector<const Stuck *> causes(const UnitFacts &Facts, Fault What) {
  HoldUps Graph(Facts);
  std::vector<const Stuck *> Out;
  for (size_t I = 0; I < Facts.Stucks.size(); ++I) {
    bool MayBeIdle = What > Fault::LockCycle;
    if (Graph.faultOf(I) != What || Graph.isCaseOfSelect(I) ||
        (MayBeIdle && isIdle(Facts.Skeletons, Facts.Stucks[I])))
      continue;
    if (What == Fault::Count && Graph.isHeldUp(I) && !Graph.isInRing(I))
      continue;
    auto Hides = [&](size_t Other) { return Graph.hides(Other, I); };
    if (llvm::none_of(llvm::seq<size_t>(0, Facts.Stucks.size()), Hides))
      Out.push_back(&Facts.Stucks[I]);
  }
  return Out;
}

} // namespace taskleak
