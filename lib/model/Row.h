// The rows of a model: what a type and a call of a library mean for tasks. Every
// field is a key of the YAML form, in kebab-case; docs/writing-a-model.md
// explains each.

#pragma once

#include "skeleton/Operation.h"
#include "skeleton/Skeleton.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace taskleak {

/// What a call means.
enum class CallRole : uint8_t {
#define ROLE(Name, Spelling) Name,
#include "model/Roles.def"
};

/// How a type is represented in skeletons.
enum class TypeShape : uint8_t {
  Object,    ///< "object": waited on, has an identity: mutex, channel, latch.
  Handle,    ///< "handle": a value that refers to such an object: thread, future, promise, stop token.
  Pointer,   ///< "pointer": a smart pointer or reference wrapper.
  Callable,  ///< "callable": std::function and the like.
  Sequence,  ///< "sequence": a container in which elements keep their order.
  Guard,     ///< "guard": releases a lock at its end.
  Cleanup,   ///< "cleanup": runs a callable at its end.
  Executor,  ///< "executor": a counter of tasks that also runs them.
  Awaitable, ///< "awaitable": a lazy coroutine; nothing happens until it is awaited.
  Atomic,    ///< "atomic": a scalar that tasks share.
  Text,      ///< "text": a string, a value that is empty or not, and equal to others.
  Variant,   ///< "variant": holds one of several types, and knows which.
  Status,    ///< "status": an error code, a number that is 0 if all went well.
  Record,    ///< "record": a class that users derive from; rows work on its parts.
  Foreign,   ///< "foreign": values of the program's own that are not followed.
  OwnExecutor, ///< "own-executor": awaited, it yields what the task runs on.
};

/// What ends with the value or object: the effect of the destructor.
enum class DestructorEffect : uint8_t {
  None, Join, StopAndJoin, Terminate, Detach, Await, Break, Close, Request, Unlock, Run, Release, StopAndAwait, Interrupt,
};

/// How a wait blocks.
enum class Blocking : uint8_t { Never, Always, WhenFull, WhenEmpty };

/// In what way the wait shows: on the spot, when awaited, in a future, or as a completion token says.
enum class Style : uint8_t { Direct, Awaitable, Future, Token };

/// Where a number comes from: a parameter, else a fixed value.
struct CountSource {
  int Param = -1;                ///< 0-based, without the object; -1: none.
  int TemplateArg = -1;          ///< 0-based; -1: none.
  std::optional<int64_t> Value;  ///< When the parameter is absent. Missing: unbounded or unknown.
  int Offset = 0;                ///< Added: -1 where n slots hold n-1.
  friend bool operator==(const CountSource &, const CountSource &) = default;
};

/// The value that means "no time-out" for a parameter.
struct Infinite {
  std::optional<int64_t> Value;
  bool Null = false;
  bool Negative = false; ///< Any negative number.
};

/// What a call yields for an outcome: an enumerator by qualified name, a number, or an exception.
struct OutcomeRow {
  Outcome When = Outcome::Ok;
  bool Throws = false;
  std::string Value; ///< Qualified enumerator or number.
};

struct TypeModel {
  std::string Name;                 ///< Qualified, without inline namespaces and template arguments.
  std::vector<std::string> Aliases; ///< Other names of the same type, e.g. the real one behind a using-declaration.
  TypeShape Shape = TypeShape::Object;
  ObjectKind Kind = ObjectKind::None;
  Flags Flag;                       ///< recursive, shared, auto, keepssenders, losesbuffer ...
  DestructorEffect Destructor = DestructorEffect::None;
  CountSource Capacity;             ///< For default construction and constructors without a row.
  bool Shared = false;              ///< Copies share: shared_ptr, shared_future.
  bool MustKeep = false;            ///< Dropping a temporary of it is a mistake.
  bool Ambient = false;             ///< Awaitables: waits inside honour the task's own cancel.
  bool Cooperative = false;         ///< Executors and fibers: tasks switch only where one waits.
  std::string File;                 ///< Model file and line it came from, for messages.
  unsigned Line = 0;
};

struct CallModel {
  std::string Name;                 ///< Qualified: "std::mutex::lock", "pthread_join", "std::thread::thread".
  CallRole Role = CallRole::Ignore;
  /// Overload selection; empty: any. Parameter types by name, "_" any, "..." the rest.
  std::vector<std::string> Params;
  std::optional<unsigned> Args;     ///< Number of arguments written.
  // Parameters, 0-based without the object; -1: none.
  int Object = -1;                  ///< -1: the object of the member call, or what is constructed.
  int Value = -1;                   ///< what is sent, fulfilled, stored, passed through
  int Into = -1;                    ///< where a received value, a new handle or a new object goes (by reference or pointer)
  int LockParam = -1;               ///< key "lock"
  int Predicate = -1;
  int Timeout = -1;
  int Cancel = -1;                  ///< the cancel token
  int Callable = -1;                ///< arguments for it follow
  int Arg = -1;                     ///< a single argument for the callable (pthread_create P3)
  int ExecutorParam = -1;           ///< key "executor"
  int Completion = -1;              ///< the completion token (Asio)
  CountSource Count;                ///< n of add, done, acquire, release, make; capacity of make
  CountSource NonBlocking;          ///< make: with this bit in the parameter no wait blocks
  CountSource AtOnce;               ///< spawn: with this value in the parameter the task runs at once
  Infinite Never;                   ///< key "infinite": the time-out that never comes
  Blocking Blocks = Blocking::Always;
  Style How = Style::Direct;        ///< key "style"
  ObjectKind Kind = ObjectKind::None; ///< make: what, where no type says it (a pipe)
  Flags Flag;                       ///< all, try, timed, ambient, shared, cooperative, terminates ...
  std::string Guard;                ///< guard-of: "adopt", "defer", "try"; empty: lock
  std::string Part;                 ///< of a record: what the role is about, by a name that rows agree on
  std::string Method;               ///< spawn: the virtual method of the object, or of `callable`, that is run
  std::string Yields;               ///< "task", "event", "value", "status", "object", "none"; empty: by role
  std::vector<OutcomeRow> Outcomes; ///< key "outcomes"
  bool PassesToken = false;         ///< spawn: hands its own cancel token to a callable that takes one
  bool MayThrow = false;            ///< besides what Outcomes say
  bool MustKeep = false;
  bool Lazy = false;                ///< nothing happens until the result is awaited
  bool Constructs = false;          ///< append, prepend, send: the element is constructed from `value` and what follows
  bool ElseOutside = false;         ///< on an object that was not made in sight, the call waits for the outside world
  std::string File;
  unsigned Line = 0;
  /// From a file in the binary: a plain name means the C library's function, not one of the user's own.
  bool Shipped = false;
};

llvm::StringRef spelling(CallRole);
llvm::StringRef spelling(TypeShape);

} // namespace taskleak
