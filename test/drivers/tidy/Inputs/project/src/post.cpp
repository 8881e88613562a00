// The second letter has no room, and nobody takes the first.

#include "acme.h"

void post() {
  acme::mailbox box(1);
  box.put(1);
  box.put(2);
}
