// Hashes check, file, function and the message without what is quoted in it;
// equal ones are numbered in order.

#include "report/Fingerprint.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace taskleak {

/// Leaves out 'names', `conditions` and numbers.
static std::string withoutNames(StringRef Message) {
  std::string Out;
  char Quote = 0;
  for (char C : Message) {
    if (Quote)
      Quote = C == Quote ? 0 : Quote;
    else if (C == '\'' || C == '`')
      Quote = C;
    else if (!isDigit(C))
      Out += C;
  }
  return Out;
}

std::vector<std::string> fingerprints(const Report &R, const std::vector<std::string> &Uris) {
  std::vector<std::string> Out;
  StringMap<unsigned> Seen;
  for (const Finding &F : R.Found) {
    std::string Key = F.Check + '\n' + Uris[F.At.File] + '\n' + F.Function + '\n' +
                      withoutNames(F.Message);
    std::string Hex = utohexstr(xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
    unsigned Ordinal = ++Seen[Hex];
    Out.push_back(Hex + ":" + utostr(Ordinal));
  }
  return Out;
}

} // namespace taskleak
