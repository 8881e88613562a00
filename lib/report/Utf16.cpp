// UTF-8 to UTF-16, lenient: sources may be in any encoding.

#include "report/Utf16.h"

#include "llvm/Support/ConvertUTF.h"

#include <algorithm>

using namespace llvm;

namespace taskleak {

std::vector<uint16_t> utf16Units(StringRef Text) {
  std::vector<UTF32> Wide(Text.size());
  const UTF8 *From = Text.bytes_begin();
  UTF32 *To = Wide.data();
  ConvertUTF8toUTF32(&From, Text.bytes_end(), &To, To + Wide.size(), lenientConversion);
  Wide.resize(To - Wide.data());

  std::vector<uint16_t> Units;
  Units.reserve(Wide.size());
  for (UTF32 C : Wide) {
    if (C < 0x10000) {
      Units.push_back(C);
      continue;
    }
    Units.push_back(0xD800 + ((C - 0x10000) >> 10));
    Units.push_back(0xDC00 + ((C - 0x10000) & 0x3FF));
  }
  return Units;
}

unsigned utf16Column(StringRef Line, unsigned ByteColumn) {
  size_t Bytes = std::min<size_t>(ByteColumn ? ByteColumn - 1 : 0, Line.size());
  return utf16Units(Line.take_front(Bytes)).size() + 1;
}

} // namespace taskleak
