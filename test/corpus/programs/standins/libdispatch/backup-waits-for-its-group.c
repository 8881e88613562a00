// A backup runs its steps in a group. The last step, in the group itself, waits for the group
// before it writes the summary.
// pattern: task waits for its own end

#include "oracle.h"

#include <dispatch/dispatch.h>

typedef struct {
  dispatch_group_t steps;
  int files;
  int summary;
} backup_t;

static void copy_files(void *context) {
  backup_t *backup = context;
  oracle_begin();
  backup->files = 12;
  oracle_end();
}

static void write_summary(void *context) {
  backup_t *backup = context;
  oracle_begin();
  dispatch_group_wait(backup->steps, DISPATCH_TIME_FOREVER); // stuck: self-join
  backup->summary = backup->files;
  oracle_end();
}

static void back_up(void) {
  backup_t backup = {dispatch_group_create(), 0, 0};
  dispatch_queue_t queue = dispatch_get_global_queue(DISPATCH_QUEUE_PRIORITY_DEFAULT, 0);

  dispatch_group_async_f(backup.steps, queue, &backup, copy_files);
#ifdef LEAKING
  dispatch_group_async_f(backup.steps, queue, &backup, write_summary); // cause
  dispatch_group_wait(backup.steps, DISPATCH_TIME_FOREVER);            // stuck: self-join
#else
  dispatch_group_wait(backup.steps, DISPATCH_TIME_FOREVER);
  dispatch_sync_f(queue, &backup, write_summary);
#endif
  dispatch_release(backup.steps);
}

int main(void) {
  oracle_watch();
  back_up();
  return oracle_verdict();
}
