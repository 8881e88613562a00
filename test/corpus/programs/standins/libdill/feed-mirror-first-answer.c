// Asks three mirrors for a feed and takes the first answer. The others wait to send theirs to
// nobody, and the bundle waits for them.
// pattern: n senders and one receive

#include "oracle.h"

#include <libdill.h>

struct answer {
  int mirror;
  int entries;
};

static int fetch(int mirror) { return 20 + mirror; }

static coroutine void ask(int mirror, int to) {
  struct answer a = {mirror, 0};
  oracle_begin();
  a.entries = fetch(mirror);
  chsend(to, &a, sizeof a, -1); // stuck: blocking-send
  oracle_end();
}

static int first_answer(void) {
  struct answer a = {0, 0};
  int ch[2];
  int askers = bundle();

  if (askers < 0 || chmake(ch) != 0)
    return -1;
  for (int mirror = 1; mirror <= 3; mirror++)
    bundle_go(askers, ask(mirror, ch[1]));
  chrecv(ch[0], &a, sizeof a, -1); // cause
#ifdef LEAKING
  bundle_wait(askers, -1);
#endif
  hclose(askers);
  hclose(ch[0]);
  hclose(ch[1]);
  return a.entries;
}

int main(void) {
  oracle_watch();
  first_answer();
  return oracle_verdict();
}
