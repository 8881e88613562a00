// Which memory is touched in an orderly way, so that a task need not stop before
// each access to it.
//   lock(m_); items_.push_back(x); unlock(m_);   // items_: always under m_
// Assumed of all memory at first. The search records what breaks it and starts
// again, until nothing does.

#pragma once

#include "explore/World.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace taskleak {

class Discipline {
public:
  enum class Order : uint8_t {
    Constant,  ///< Never written once several tasks reach it.
    Guarded,   ///< Each object's by one lock, or used by one task only.
    None,
  };

  /// Whether an access by \p T may go unnoticed by other tasks. Where it breaks
  /// the order of this memory, the order is given up.
  /// \p Guard: the lock seen at earlier accesses.
  bool permits(const World &W, const Task &T, uint64_t Key, ObjectId Guard, bool Writes);

  /// It is touched by a task that alone reaches it, but others did before.
  void noteLate(const World &W, const Task &T, uint64_t Key, ObjectId Guard, bool Writes);

  /// Whether the order of some memory was given up since the last call.
  bool changed() { return std::exchange(HasChanged, false); }

  Order order(uint64_t Key) const {
    auto Known = Orders.find(Key);
    return Known == Orders.end() ? Order::Constant : Known->second;
  }

private:
  llvm::DenseMap<uint64_t, Order> Orders;
  llvm::DenseSet<uint64_t> ReadEarly, WrittenLate;
  bool HasChanged = false;

  void giveUp(uint64_t Key, Order Next) {
    Orders[Key] = Next;
    HasChanged = true;
  }
};

/// The lock among those that \p T holds that keeps others out; one that nobody
/// else can take keeps out nobody. Without one: the task itself, by its object.
ObjectId guardHeld(const World &W, const Task &T);

/// Stands for a record's type among its fields.
constexpr TextId TypeField = 0xffff;

/// The memory that an access touches: records by type and field, others by the
/// place where they were made.
inline uint64_t memoryKey(const Object &O, TextId Field) {
  if (O.S == Body::Record)
    return uint64_t(uint32_t(O.N[0])) << 16 | Field;
  return uint64_t(1) << 62 | O.Site;
}

} // namespace taskleak
