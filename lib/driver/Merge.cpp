// Places get new file numbers; then duplicates go; then all is sorted.

#include "driver/Merge.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <tuple>

using namespace llvm;

namespace taskleak {
namespace {

class Merger {
public:
  Report Out;

  void unit(const UnitOutcome &O, size_t Unit) {
    ++Out.Units;
    if (O.Failure)
      Out.Failed.push_back(*O.Failure);
    for (const Finding &F : O.Result.Found)
      take(renumbered(F, O.Result.Files), Unit);
  }

  Report finish() {
    for (const auto &[Finding, Unit] : Taken)
      if (Owners[key(Finding)].Unit == Unit)
        Out.Found.push_back(Finding);
    auto Order = [&](const Finding &F) {
      return std::tie(Out.Files[F.At.File], F.At, F.Check, F.Message);
    };
    llvm::sort(Out.Found, [&](const Finding &A, const Finding &B) { return Order(A) < Order(B); });
    return std::move(Out);
  }

private:
  using Key = std::tuple<Place, std::string>;
  struct Owner {
    size_t Unit;
    Evidence Sure;
  };

  static Key key(const Finding &F) { return {F.At, F.Check}; }

  void take(Finding F, size_t Unit) {
    auto [It, New] = Owners.try_emplace(key(F), Owner{Unit, F.Sure});
    if (!New && F.Sure > It->second.Sure)
      It->second = {Unit, F.Sure};
    Taken.emplace_back(std::move(F), Unit);
  }

  Finding renumbered(Finding F, ArrayRef<std::string> Files) {
    auto Renumber = [&](Place &At) { At.File = At.isValid() ? number(Files[At.File]) : 0; };
    Renumber(F.At);
    for (Trail &T : F.Trails)
      for (TrailStep &S : T.Steps)
        Renumber(S.At);
    for (RelatedPlace &P : F.Related)
      Renumber(P.At);
    return F;
  }

  uint32_t number(StringRef File) {
    auto [It, New] = Numbers.try_emplace(File, Out.Files.size());
    if (New)
      Out.Files.push_back(File.str());
    return It->second;
  }

  StringMap<uint32_t> Numbers;
  std::map<Key, Owner> Owners;
  std::vector<std::pair<Finding, size_t>> Taken;
};

} // namespace

Report merge(ArrayRef<UnitOutcome> Outcomes) {
  Merger M;
  for (const auto &[Unit, Outcome] : enumerate(Outcomes))
    M.unit(Outcome, Unit);
  return M.finish();
}

} // namespace taskleak
