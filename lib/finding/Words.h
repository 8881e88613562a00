// How messages say what an operation does. One phrase for one operation, in
// every check, trail and output.
//   send %orders, 7      "send to 'orders'", "sends to 'orders'", "waits to send to 'orders'"

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

/// "'orders'"; of an object without a name what it is: "a channel".
std::string quoted(llvm::StringRef Object, ObjectKind Kind = ObjectKind::None);

/// The wait as a thing: "send to 'orders'".
std::string waitNoun(const Instruction &I, llvm::StringRef Object);

/// A task that waits: "waits to send to 'orders'".
std::string waitVerb(const Instruction &I, llvm::StringRef Object);

/// A task that has done it, with how it ended: "sends to 'orders'",
/// "gives up its send to 'orders' after a timeout".
std::string doneVerb(const Instruction &I, llvm::StringRef Object, Outcome Ended);

} // namespace taskleak
