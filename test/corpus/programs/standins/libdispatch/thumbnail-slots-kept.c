// At most two thumbnails are rendered at a time: each takes a slot from a semaphore. One without a
// size is skipped, and its slot with it; the third and fourth wait for ever.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <dispatch/dispatch.h>

enum { SLOTS = 1 };

typedef struct {
  int number;
  int size;
} page_t;

typedef struct {
  dispatch_semaphore_t slots;
  dispatch_group_t rendering;
  int rendered;
} renderer_t;

static void render(renderer_t *renderer, page_t page) {
  dispatch_semaphore_wait(renderer->slots, DISPATCH_TIME_FOREVER); // stuck: unwoken-wait
  if (page.size <= 0) {
#ifndef LEAKING
    dispatch_semaphore_signal(renderer->slots);
#endif
    return; // cause
  }
  renderer->rendered += page.number;
  dispatch_semaphore_signal(renderer->slots);
}

static void render_all(void) {
  const page_t cover = {1, 0}, contents = {2, 80};
  renderer_t state = {dispatch_semaphore_create(SLOTS), dispatch_group_create(), 0};
  renderer_t *renderer = &state;
  dispatch_queue_t queue = dispatch_queue_create("thumbnails", DISPATCH_QUEUE_SERIAL);

  dispatch_group_async(renderer->rendering, queue, ^{
    oracle_begin();
    render(renderer, cover);
    oracle_end();
  });
  dispatch_group_async(renderer->rendering, queue, ^{
    oracle_begin();
    render(renderer, contents);
    oracle_end();
  });
  dispatch_group_wait(renderer->rendering, DISPATCH_TIME_FOREVER);
  dispatch_release(queue);
  dispatch_release(renderer->rendering);
  dispatch_release(renderer->slots);
}

int main(void) {
  oracle_watch();
  render_all();
  return oracle_verdict();
}
