// A downloader hands each episode to its player and waits until it has been taken. The player
// waits for an episode with a time-out; when it gives up, nobody takes the next one.
// pattern: timeout before the receive

#include "oracle.h"

#include <glib.h>

typedef struct {
  GMutex lock;
  GCond changed;
  const char *episode; // what waits to be taken
  gboolean closed;
} Handover;

static void download(int milliseconds) { g_usleep(milliseconds * 1000); }

static gpointer downloader(gpointer data) {
  Handover *handover = data;

  oracle_begin();
  download(60);
  g_mutex_lock(&handover->lock);
  handover->episode = "episode-212.opus";
  g_cond_signal(&handover->changed);
#ifdef LEAKING
  while (handover->episode != NULL)
#else
  while (handover->episode != NULL && !handover->closed)
#endif
    g_cond_wait(&handover->changed, &handover->lock); // stuck: unwoken-wait
  g_mutex_unlock(&handover->lock);
  oracle_end();
  return NULL;
}

static const char *take_episode(Handover *handover, gint64 patience) {
  const char *taken;
  gint64 deadline = g_get_monotonic_time() + patience;

  g_mutex_lock(&handover->lock);
  while (handover->episode == NULL)
    if (!g_cond_wait_until(&handover->changed, &handover->lock, deadline))
      break; // cause
  taken = handover->episode;
  if (taken != NULL)
    handover->episode = NULL;
  handover->closed = TRUE;
  g_cond_signal(&handover->changed);
  g_mutex_unlock(&handover->lock);
  return taken;
}

static void play_next(void) {
  Handover handover = {.episode = NULL, .closed = FALSE};
  GThread *thread;

  g_mutex_init(&handover.lock);
  g_cond_init(&handover.changed);
  thread = g_thread_new("download", downloader, &handover);
  if (take_episode(&handover, 5 * G_TIME_SPAN_MILLISECOND) == NULL)
    g_debug("nothing to play yet");
  g_thread_join(thread); // cause
  g_cond_clear(&handover.changed);
  g_mutex_clear(&handover.lock);
}

int main(void) {
  oracle_watch();
  play_next();
  return oracle_verdict();
}
