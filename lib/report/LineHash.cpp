// A rolling polynomial over the 100 UTF-16 units that follow a line's start,
// blanks left out and line ends unified. The number behind the colon counts the
// equal hashes so far.

#include "report/LineHash.h"

#include "report/Utf16.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <array>
#include <cstdint>

using namespace llvm;

namespace taskleak {
namespace {

constexpr unsigned Window = 100;
constexpr uint64_t Multiplier = 37;
constexpr uint16_t EndMark = 65535;

constexpr uint64_t power(uint64_t X, unsigned N) {
  uint64_t Result = 1;
  while (N--)
    Result *= X;
  return Result;
}

class Roller {
public:
  std::vector<std::string> Hashes;

  void unit(uint16_t C) {
    bool SecondOfCrLf = AfterCr && C == '\n';
    if (C == ' ' || C == '\t' || SecondOfCrLf) {
      AfterCr = false;
      return;
    }
    AfterCr = C == '\r';
    if (AfterCr)
      C = '\n';
    take();
    StartsLine[Next] = AtLineStart;
    AtLineStart = C == '\n';
    roll(C);
  }

  void drain() {
    for (unsigned I = 0; I < Window; ++I) {
      take();
      roll(0);
    }
  }

private:
  /// Lines are finished in order, so the next hash belongs to the next line.
  void take() {
    if (!StartsLine[Next])
      return;
    StartsLine[Next] = false;
    std::string Hex = utohexstr(Hash, /*LowerCase=*/true);
    unsigned Count = ++Seen[Hex];
    Hashes.push_back(Hex + ":" + utostr(Count));
  }

  void roll(uint16_t C) {
    Hash = Multiplier * Hash + C - power(Multiplier, Window) * Units[Next];
    Units[Next] = C;
    Next = (Next + 1) % Window;
  }

  std::array<uint16_t, Window> Units{};
  std::array<bool, Window> StartsLine{};
  unsigned Next = 0;
  uint64_t Hash = 0;
  bool AtLineStart = true;
  bool AfterCr = false;
  StringMap<unsigned> Seen;
};

} // namespace

std::vector<std::string> lineHashes(StringRef Text) {
  Roller R;
  for (uint16_t C : utf16Units(Text))
    R.unit(C);
  R.unit(EndMark);
  R.drain();
  return std::move(R.Hashes);
}

} // namespace taskleak
