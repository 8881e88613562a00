// A queue with annotations, one of which is misspelt.
#include "taskleak/annotations.h"

struct TASKLEAK_TYPE(object kind=channel) Mailbox {
  TASKLEAK_SEND(value=0) void put(int mail);
  TASKLEAK_ROLE(recieve) int take();
};

void deliver(Mailbox &box) {
  box.put(1);
  box.take();
}
