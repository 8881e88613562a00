// Reads files on first use and cuts them into lines.

#include "report/Sources.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace taskleak {

struct Sources::Loaded {
  std::unique_ptr<MemoryBuffer> Buffer;
  std::vector<StringRef> Lines;
};

Sources::Sources(ArrayRef<std::string> Files)
    : Paths(Files.begin(), Files.end()), Texts(Files.size()) {}

Sources::~Sources() = default;

Sources::Loaded &Sources::load(unsigned File) {
  std::unique_ptr<Loaded> &Entry = Texts.at(File);
  if (Entry)
    return *Entry;
  Entry = std::make_unique<Loaded>();
  auto Buffer = MemoryBuffer::getFile(Paths[File], /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return *Entry;
  Entry->Buffer = std::move(*Buffer);
  StringRef Rest = Entry->Buffer->getBuffer();
  while (!Rest.empty()) {
    auto [Line, After] = Rest.split('\n');
    Entry->Lines.push_back(Line.rtrim('\r'));
    Rest = After;
  }
  return *Entry;
}

StringRef Sources::text(unsigned File) {
  Loaded &Entry = load(File);
  return Entry.Buffer ? Entry.Buffer->getBuffer() : StringRef();
}

StringRef Sources::line(unsigned File, unsigned Line) {
  Loaded &Entry = load(File);
  return Line >= 1 && Line <= Entry.Lines.size() ? Entry.Lines[Line - 1] : StringRef();
}

unsigned Sources::lines(unsigned File) { return load(File).Lines.size(); }

} // namespace taskleak
