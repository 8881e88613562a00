// The values that a running skeleton computes with: eight bytes, plain data.
//   std::thread t;      a reference to a task, or null
//   bool stop = false;  an integer
//   int n = read();     a symbol: unknown, but two tests of it agree

#pragma once

#include <bit>
#include <cstdint>

namespace taskleak {

/// Index of an object in `World::Heap`.
using ObjectId = uint16_t;
constexpr ObjectId NoObject = 0xffff;

/// Index of a text in `Program`: field, type, name.
using TextId = uint16_t;

struct Value {
  enum class Kind : uint16_t {
    Unknown,
    Int,
    Null,
    Ref,      ///< N: the object.
    Address,  ///< N: the record, Field: which of its fields.
    Function, ///< N: the function.
    Symbol,   ///< N: index into the world's symbols.
    Text,     ///< N: a string that is not empty, by its number in the program.
  };
  Kind K = Kind::Unknown;
  TextId Field = 0;
  int32_t N = 0;

  static Value unknown() { return {}; }
  /// What is read of something made at \p Site that the outside may have changed: as unknown as
  /// any other, but guesses about it are guesses about one thing.
  static Value given(uint32_t Site) { return {Kind::Unknown, 0, int32_t(Site + 1)}; }
  /// Unknown because others than the scenario's own tasks write it, or because the program
  /// decides it in a way that is not followed: no input could make it anything.
  static Value foreign() { return {Kind::Unknown, 1, 0}; }
  bool isForeign() const { return K == Kind::Unknown && Field == 1; }
  /// The address of a variable with static storage that is not this scenario's own: what is there
  /// is unknown, but it is not the address of anything else.
  static Value global(uint32_t G) {
    return G < UINT16_MAX - 2 ? Value{Kind::Unknown, TextId(2 + G), 0} : Value{};
  }
  bool isGlobal() const { return K == Kind::Unknown && Field > 1; }
  static Value integer(int64_t N) {
    return N == int32_t(N) ? Value{Kind::Int, 0, int32_t(N)} : Value{};
  }
  static Value null() { return {Kind::Null, 0, 0}; }
  static Value ref(ObjectId O) { return {Kind::Ref, 0, O}; }
  static Value address(ObjectId O, TextId Field) { return {Kind::Address, Field, O}; }
  static Value function(uint32_t F) { return {Kind::Function, 0, int32_t(F)}; }
  static Value text(TextId T) { return {Kind::Text, 0, T}; }
  static Value symbol(uint32_t S) { return {Kind::Symbol, 0, int32_t(S)}; }

  bool isUnknown() const { return K == Kind::Unknown; }
  bool isInt() const { return K == Kind::Int; }
  bool isNull() const { return K == Kind::Null; }
  bool isRef() const { return K == Kind::Ref; }
  bool isText() const { return K == Kind::Text; }
  bool isSymbol() const { return K == Kind::Symbol; }
  /// Null and the number 0 are the same to every test.
  bool isZero() const { return K == Kind::Null || (K == Kind::Int && N == 0); }
  bool pointsToObject() const { return K == Kind::Ref || K == Kind::Address; }
  ObjectId object() const { return pointsToObject() ? ObjectId(N) : NoObject; }

  uint64_t bits() const {
    return uint64_t(uint32_t(N)) | uint64_t(Field) << 32 | uint64_t(K) << 48;
  }
  friend bool operator==(Value A, Value B) {
    return std::bit_cast<uint64_t>(A) == std::bit_cast<uint64_t>(B);
  }
};

} // namespace taskleak
