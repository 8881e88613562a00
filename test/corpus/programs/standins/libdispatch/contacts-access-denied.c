// Asks for access to the contacts and waits until the answer has come. The answer is signalled
// if it is yes.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <dispatch/dispatch.h>
#include <stdbool.h>

typedef void (^access_handler_t)(bool granted, int error);

enum { ACCESS_DENIED = 13 };

static void request_access(dispatch_queue_t queue, int policy, access_handler_t handler) {
  dispatch_async(queue, ^{
    oracle_begin();
    if (policy != 0)
      handler(false, ACCESS_DENIED);
    else
      handler(true, 0);
    oracle_end();
  });
}

static bool ask_for_contacts(int policy) {
  dispatch_queue_t queue = dispatch_queue_create("contacts.access", DISPATCH_QUEUE_SERIAL);
  dispatch_semaphore_t answered = dispatch_semaphore_create(0);
  __block bool allowed = false;

  oracle_begin();
  request_access(queue, policy, ^(bool granted, int error) {
#ifdef LEAKING
    if (error != 0)
      return; // cause
#endif
    allowed = granted && error == 0;
    dispatch_semaphore_signal(answered);
  });
  dispatch_semaphore_wait(answered, DISPATCH_TIME_FOREVER); // stuck: unwoken-wait
  dispatch_release(answered);
  dispatch_release(queue);
  oracle_end();
  return allowed;
}

int main(void) {
  oracle_watch();
  ask_for_contacts(1);
  return oracle_verdict();
}
