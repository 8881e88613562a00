// How the waits of a step have ended: by time, or because of somebody.

#include "explore/Round.h"

namespace taskleak {

void Round::note(const Instruction &I, uint32_t Site, std::optional<Outcome> Ended,
                const Object *Object) {
  // Who gets a lock, or only looks, has not been woken; a select has been by its case.
  bool IsLook = I.Flag.has(Flag::Try) && Ended != Outcome::Ok;
  bool IsSelect = I.Code == Op::Select && Ended == Outcome::Ok;
  if (I.Code == Op::Lock || IsLook || IsSelect)
    return;
  bool Fires = Ended == Outcome::Ok && Object && Object->is(ObjectKind::Timer);
  if (Ended == Outcome::Timeout || Fires)
    Time = true;
  else
    Wait = Site;
}

} // namespace taskleak
