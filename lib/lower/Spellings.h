// The words by which a unit's text can tell that it uses the model: the last parts of
// the names of its rows, and what each of them does.
//   std::mutex            "mutex"
//   pthread_mutex_lock    "pthread_mutex_lock"

#pragma once

#include "lower/Prefilter.h"

#include "llvm/ADT/StringMap.h"

#include <bitset>
#include <memory>

namespace taskleak {

class Spellings {
public:
  /// Whoever has the word as the last part of its name.
  struct Row {
    std::string Name; ///< Qualified.
    uint8_t Bits;     ///< Of `Mention`.
  };
  using Word = llvm::StringMapEntry<std::vector<Row>>;

  explicit Spellings(const Model &Rows);
  /// Of the shipped rows they are found out once, for all units and threads.
  static std::shared_ptr<const Spellings> of(const Model &Rows);

  /// The functions that C can name, and what they are; those that wait among them.
  const llvm::StringMap<uint8_t> &ofC() const { return OfC; }
  /// Null if no row has it; \p Text is not empty.
  const Word *find(llvm::StringRef Text) const {
    if (!Filled[bucket(Text)])
      return nullptr;
    auto Known = Words.find(Text);
    return Known == Words.end() ? nullptr : &*Known;
  }

private:
  llvm::StringMap<std::vector<Row>> Words;
  llvm::StringMap<uint8_t> OfC; ///< Bits of `Mention`.
  /// Most words are none of them, and that can be seen from their ends and length.
  static constexpr size_t Buckets = 1 << 14;
  std::bitset<Buckets> Filled;

  static size_t bucket(llvm::StringRef Text) {
    return (size_t(Text.front()) * 131 + size_t(Text.back()) * 31 + Text.size()) % Buckets;
  }
  void add(llvm::StringRef Name, uint8_t Bits);
  void add(const TypeModel &Type);
  void add(const CallModel &Call);
};

} // namespace taskleak
