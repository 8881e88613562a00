// How a C++ type is represented in a skeleton. Handles, smart pointers and
// scalars are values that live in a slot; sync objects, containers, guards and
// the user's own classes are objects with an identity.
//   std::thread T;   a value: a reference to a task, or null
//   std::mutex M;    an object
//   Queue Q;         a record, its class members objects of their own

#pragma once

#include "model/Resolve.h"
#include "model/SystemHeader.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace taskleak {

enum class Form : uint8_t {
  Nothing,   ///< Means nothing to tasks: double, unmodelled library classes.
  Scalar,    ///< bool, integers, enums, raw pointers, member pointers.
  Text,      ///< std::string: the empty one is null.
  Status,    ///< std::error_code: 0 if all went well.
  Variant,   ///< std::variant: a box around what it holds.
  Handle,    ///< std::thread, std::future, std::stop_token.
  Pointer,   ///< std::unique_ptr, std::shared_ptr, std::reference_wrapper.
  Callable,  ///< Lambdas, std::function.
  Awaitable, ///< A lazy coroutine.
  Object,    ///< A modelled sync object.
  Record,    ///< A class of the user's own.
  Sequence,  ///< A container or array.
  Guard,     ///< std::unique_lock: a record with "lock" and "owns".
  Cleanup,   ///< absl::Cleanup: a record with "run".
  Executor,  ///< io_context: a counter.
  Atomic,    ///< std::atomic: a cell.
};

struct TypeForm {
  Form F = Form::Nothing;
  const TypeModel *Row = nullptr;

  bool is(Form Other) const { return F == Other; }
  bool isForeign() const { return Row && Row->Shape == TypeShape::Foreign; }
  /// Lives in a slot or field; assignment replaces it.
  bool isValue() const { return F <= Form::Awaitable; }
  bool isObject() const { return !isValue(); }
};

/// Classifies types; keeps what it found. One per unit.
class Forms {
  Resolver &Rows;
  llvm::DenseMap<const clang::Type *, TypeForm> Known;
  llvm::DenseMap<const clang::RecordDecl *, bool> Leading;

  TypeForm classify(clang::QualType T);
  TypeForm classifyRecord(const clang::CXXRecordDecl &Record, clang::QualType T);

public:
  explicit Forms(Resolver &Rows) : Rows(Rows) {}

  /// References are looked through.
  TypeForm of(clang::QualType T);

  /// Whoever has a constant \p T can change what it refers to: a pointer, a callable,
  /// a class with one in it.
  bool leadsOn(clang::QualType T);

  /// The element type of a sequence or array, the pointee of a pointer or smart
  /// pointer; null if there is none.
  static clang::QualType element(clang::QualType T);

  /// The keys of a container that finds its elements by them are strings.
  bool hasTextKeys(clang::QualType T);

  /// Elements are pairs of a key and a value.
  static bool isMap(clang::QualType T);

  /// The number of elements of an array or std::array.
  static std::optional<uint64_t> length(clang::QualType T);
};

/// std::pair: a record, though a library's.
bool isPair(const clang::RecordDecl &Record);

/// A class with a promise type whose coroutines do not start by themselves.
bool isLazyCoroutineType(clang::QualType T);

/// What \p Arg gives as one of its bases: `sink` in attach(sink), of attach(io::Sink &); else itself.
const clang::Expr &asItIs(const clang::Expr &Arg);

} // namespace taskleak
