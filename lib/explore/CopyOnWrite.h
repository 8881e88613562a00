// A pointer that copies its target when it is about to change and somebody else
// holds it too: most of a state is the same in the next one.

#pragma once

#include <cstdint>
#include <utility>

namespace taskleak {

template <typename T> class CopyOnWrite {
  struct Box {
    uint32_t Count;
    T Value;
  };
  Box *Held = nullptr;

  void release() {
    if (Held && --Held->Count == 0)
      delete Held;
  }

public:
  CopyOnWrite() = default;
  explicit CopyOnWrite(T Value) : Held(new Box{1, std::move(Value)}) {}
  CopyOnWrite(const CopyOnWrite &Other) : Held(Other.Held) {
    if (Held)
      ++Held->Count;
  }
  CopyOnWrite(CopyOnWrite &&Other) noexcept : Held(std::exchange(Other.Held, nullptr)) {}
  CopyOnWrite &operator=(CopyOnWrite Other) noexcept {
    std::swap(Held, Other.Held);
    return *this;
  }
  ~CopyOnWrite() { release(); }

  explicit operator bool() const { return Held; }
  const T &operator*() const { return Held->Value; }
  const T *operator->() const { return &Held->Value; }

  /// The target, no longer shared with anybody.
  T &edit() {
    if (Held->Count > 1) {
      --Held->Count;
      Held = new Box{1, Held->Value};
    }
    return Held->Value;
  }
};

} // namespace taskleak
