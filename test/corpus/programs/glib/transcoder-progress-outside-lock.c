// A transcoder reports its progress to a thread that paints it. The flag that ends the
// painter is atomic and set without the lock: the signal may come between test and wait.
// pattern: lost wake-up: flag changed outside the lock

#include "oracle.h"

#include <glib.h>

typedef struct {
  GMutex lock;
  GCond wake;
  gint painting; // atomic, as the next one
  gint finished;
} Progress;

static gpointer paint(gpointer data) {
  Progress *progress = data;

  oracle_begin();
  g_mutex_lock(&progress->lock);
  while (!g_atomic_int_get(&progress->finished)) {
    g_atomic_int_set(&progress->painting, 1);
    oracle_window();
    g_cond_wait(&progress->wake, &progress->lock); // stuck: unwoken-wait
  }
  g_mutex_unlock(&progress->lock);
  oracle_end();
  return NULL;
}

static void finish(Progress *progress) {
#ifdef LEAKING
  g_atomic_int_set(&progress->finished, 1); // cause
  g_cond_signal(&progress->wake);
#else
  g_mutex_lock(&progress->lock);
  g_atomic_int_set(&progress->finished, 1);
  g_cond_signal(&progress->wake);
  g_mutex_unlock(&progress->lock);
#endif
}

static void transcode(void) {
  Progress progress = {.painting = 0};
  GThread *painter;

  g_mutex_init(&progress.lock);
  g_cond_init(&progress.wake);
  painter = g_thread_new("progress", paint, &progress);
  while (!g_atomic_int_get(&progress.painting))
    g_usleep(1000);
  finish(&progress);
  g_thread_join(painter);
  g_cond_clear(&progress.wake);
  g_mutex_clear(&progress.lock);
}

int main(void) {
  oracle_watch();
  transcode();
  return oracle_verdict();
}
