// A station measures and sends its report to whoever asked. The one who asked waits until a
// deadline; the report comes later, and its sender waits for ever.
// pattern: timeout before the receive

#include "oracle.h"

#include <libdill.h>

static int measure(void) {
  msleep(now() + 200);
  return 21;
}

static coroutine void station(int reply) {
  int degrees;
  oracle_begin();
  degrees = measure();
#ifdef LEAKING
  chsend(reply, &degrees, sizeof degrees, -1); // stuck: blocking-send
#else
  chsend(reply, &degrees, sizeof degrees, now() + 1000);
#endif
  oracle_end();
}

static int ask(int *degrees) {
  int ch[2];
  int rc;
  int stations = bundle();

  if (stations < 0 || chmake(ch) != 0)
    return -1;
  if (bundle_go(stations, station(ch[1])) < 0)
    return -1;
  rc = chrecv(ch[0], degrees, sizeof *degrees, now() + 50); // cause
  bundle_wait(stations, -1);
  hclose(stations);
  hclose(ch[0]);
  hclose(ch[1]);
  return rc;
}

static void show_weather(void) {
  int degrees = 0;
  if (ask(&degrees) != 0)
    degrees = -99;
}

int main(void) {
  oracle_watch();
  show_weather();
  return oracle_verdict();
}
