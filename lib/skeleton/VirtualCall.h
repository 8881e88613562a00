// Whom a virtual call may reach.
//   void notify(Listener &l) { l.changed(); }    the overriders of Listener::changed in sight

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/SmallVector.h"

namespace taskleak {

/// The text of a virtual call is "key" or "key@Class", with the class that the object has at least.
struct VirtualCallee {
  llvm::StringRef Key, Class;
  explicit VirtualCallee(llvm::StringRef Text) { std::tie(Key, Class) = Text.split('@'); }
  /// As the user calls it: "write" of "write/2".
  llvm::StringRef name() const { return Key.split('/').first; }
};

/// A function that a virtual call runs, and a type of object for which it does.
struct Overrider {
  uint32_t Record = 0; ///< Index into `Unit::Records`.
  FunctionId F = NoId;
};

/// One for each function in sight that the call may run. Without a class: those of all records.
llvm::SmallVector<Overrider, 4> overriders(const Unit &U, llvm::StringRef Text);

} // namespace taskleak
