// The states of a scenario as far as they are known, and the steps from one to the next.
// Which of them is looked at next is the search's.

#pragma once

#include "explore/Frontier.h"

namespace taskleak {

class StateSpace {
protected:
  struct FingerprintInfo {
    static Fingerprint getEmptyKey() { return {~0ull, ~0ull}; }
    static Fingerprint getTombstoneKey() { return {~0ull, ~0ull - 1}; }
    static unsigned getHashValue(const Fingerprint &F) { return unsigned(F.Low); }
    static bool isEqual(const Fingerprint &A, const Fingerprint &B) { return A == B; }
  };

  const Scene &S;
  ExploreStats &Stats;
  Graph G;
  llvm::DenseMap<Fingerprint, StateId, FingerprintInfo> Known;
  Frontier Open;
  std::vector<uint8_t> Level{0}; ///< In the frontier, by state.
  /// Where steps have led that were not known, and if `KeepsKnown`, those that were.
  std::vector<Unseen> New, Again;
  bool KeepsKnown = false;

  StateSpace(const Scene &S, ExploreStats &Stats) : S(S), Stats(Stats) {}

  void begin();
  /// What is new waits to be looked at.
  void wait();
  /// What has not been looked at is known no more.
  void leaveOpen();
  /// Leaves a state as it is: what comes after it is not known.
  void leave(StateId Id, const World &W);
  /// All steps from a state.
  void expand(StateId Id, const World &W);
  /// Who takes a step while the others stand still, and where it led.
  struct FirstStep {
    unsigned Task = NoId;
    bool IsAll = false; ///< What the others do meanwhile makes no difference.
  };
  FirstStep stepFirst(StateId Id, const World &W);
  void recordBlocked(StateId Id, const World &W);
  /// Where the outcomes of a step lead.
  struct Led {
    bool OnlyNew = true, OnlyElsewhere = true;
  };
  Led step(StateId Id, const World &W, unsigned Task);

private:
  llvm::DenseMap<StateId, uint16_t> Never; ///< As far as asked.

  /// Who stays blocked from there on, whatever comes.
  uint16_t never(StateId Id, const World &W);
  StateId add(Fingerprint Print, World W, unsigned At);
};

} // namespace taskleak
