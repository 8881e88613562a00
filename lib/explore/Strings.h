// Strings whose characters are known, and what is made of them.
//   key = "node-" + std::to_string(i);   bytes.erase(0, n);   bytes.size()

#pragma once

#include "explore/View.h"

namespace taskleak {

/// The characters of a string, if they are known.
std::optional<std::string> characters(const Program &P, Value V);

/// What an operation makes of strings and numbers that are known; nothing if it is not followed.
std::optional<Value> madeOfText(const Program &P, const View &V);

} // namespace taskleak
