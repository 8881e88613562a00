// Imports photos on a concurrent queue, each entered into a group. A photo that is corrupt is
// given up without leaving the group.
// pattern: done missed on an early return

#include "oracle.h"

#include <dispatch/dispatch.h>

typedef struct {
  const char *name;
  int width, height;
} photo_t;

typedef struct {
  dispatch_group_t group;
  photo_t photo;
  int pixels;
} import_t;

static void import_photo(void *context) {
  import_t *import = context;

  oracle_begin();
  if (import->photo.width == 0) {
#ifndef LEAKING
    dispatch_group_leave(import->group);
#endif
    oracle_end();
    return; // cause
  }
  import->pixels = import->photo.width * import->photo.height;
  dispatch_group_leave(import->group);
  oracle_end();
}

static void import_album(void) {
  dispatch_queue_t queue = dispatch_get_global_queue(DISPATCH_QUEUE_PRIORITY_DEFAULT, 0);
  dispatch_group_t group = dispatch_group_create();
  import_t imports[] = {{group, {"sunset.heic", 40, 30}, 0}, {group, {"broken.heic", 0, 0}, 0}};

  oracle_begin();
  for (int i = 0; i < 2; i++) {
    dispatch_group_enter(group);
    dispatch_async_f(queue, &imports[i], import_photo);
  }
  dispatch_group_wait(group, DISPATCH_TIME_FOREVER); // stuck: unfinished-wait-group
  dispatch_release(group);
  oracle_end();
}

int main(void) {
  oracle_watch();
  import_album();
  return oracle_verdict();
}
