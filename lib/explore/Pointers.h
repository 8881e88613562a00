// Pointers that walk through arrays.
//   for (struct job *j = jobs; j < jobs + N; j++) run(j);
//   for (const char **name = names; *name; ++name) start(*name);
// An array stands for a pointer to its first element, an object in it for one to that. To a
// value, and behind the last element, points an address of the array, with a place in it.

#pragma once

#include "explore/World.h"

#include <optional>

namespace taskleak {

/// Whether it is an address in an array.
bool isElementAddress(const World &W, Value Pointer);

/// The object that is pointed to; of such an address the array.
const Object *pointedObject(const World &W, Value Pointer);

/// Which element of the array that it points to or into a pointer leads to; nothing where there
/// is none, or no array.
std::optional<size_t> elementAt(const World &W, Value Pointer);

/// That element; the pointer itself if there is none.
Value pointee(const World &W, Value Pointer);

/// p + n, p - n and p - q; nothing where that is not known.
std::optional<Value> walk(const World &W, Op Code, Value A, Value B);

/// By how much a pointer comes before or after another; nothing where they do not point into
/// one array.
std::optional<int32_t> distance(const World &W, Value From, Value To);

} // namespace taskleak
