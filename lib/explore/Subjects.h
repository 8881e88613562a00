// What a guess about an unknown value is about: who has passed it, or answered it.
//   if (device->ready()) ...   about what an object out of sight says

#pragma once

#include "explore/Program.h"
#include "explore/World.h"

namespace taskleak {

class Subjects {
  const Program &P;
  const World &W;

public:
  Subjects(const Program &P, const World &W) : P(P), W(W) {}

  bool isOfCaller(Value V) const;
  bool isOfState(Value V) const;
  bool isInexact(Value V) const;
  bool isAnswer(Value V) const;
  uint32_t subject(Value V) const;
};

} // namespace taskleak
