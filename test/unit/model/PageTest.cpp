// docs/writing-a-model.md against the code: every word of the language is
// explained, and its example is a model.

#include "model/Rows.h"
#include "model/Words.h"

#include "llvm/Support/MemoryBuffer.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

std::string page() {
  auto Buffer = llvm::MemoryBuffer::getFile(TASKLEAK_SOURCE_DIR "/docs/writing-a-model.md");
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

void expectWord(const std::string &Page, llvm::StringRef Word) {
  EXPECT_NE(Page.find("`" + Word.str() + "`"), std::string::npos) << Word.str();
}

template <typename E> void expectWords(const std::string &Page, llvm::ArrayRef<Word<E>> Words) {
  ASSERT_FALSE(Words.empty());
  for (const Word<E> &W : Words)
    expectWord(Page, W.Text);
}

/// What is indented by four, from the first such line that starts with \p First.
std::string example(const std::string &Page, llvm::StringRef First) {
  std::string Text;
  llvm::SmallVector<llvm::StringRef> Lines;
  llvm::StringRef(Page).split(Lines, '\n');
  for (llvm::StringRef Line : Lines) {
    bool IsCode = Line.consume_front("    ");
    if (!IsCode && !Line.empty() && !Text.empty())
      break;
    if (!Text.empty() || (IsCode && Line.starts_with(First)))
      Text += Line.str() + "\n";
  }
  return Text;
}

TEST(ModelPage, ExplainsEveryWord) {
  std::string Page = page();
  ASSERT_FALSE(Page.empty());
  expectWords(Page, roleWords());
  expectWords(Page, shapeWords());
  expectWords(Page, kindWords());
  expectWords(Page, destructorWords());
  expectWords(Page, blockingWords());
  expectWords(Page, styleWords());
  expectWords(Page, outcomeWords());
  expectWords(Page, flagWords());
  for (llvm::StringRef Key : typeKeys())
    expectWord(Page, Key);
  for (llvm::StringRef Key : callKeys())
    expectWord(Page, Key);
}

TEST(ModelPage, ItsExampleIsAModel) {
  Model M;
  std::string Text = example(page(), "library: acme");
  llvm::Error E = M.add("page", Text);
  EXPECT_FALSE(bool(E)) << llvm::toString(std::move(E));
  EXPECT_TRUE(M.type("acme::queue"));
  EXPECT_EQ(M.calls("acme::queue::pop").size(), 2u);
}

} // namespace
