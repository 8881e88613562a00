// Uploads changed notes under the engine's lock. A note with many attachments is refused, and the
// lock stays; the timer's thread waits for it from then on.
// pattern: lock not released on one path

#include "oracle.h"

#include <glib.h>

#define ATTACHMENTS_MAX 3

typedef struct {
  const char *title;
  int attachments;
} Note;

typedef struct {
  GMutex lock;
  int uploaded;
  GQuark domain;
} SyncEngine;

static gboolean sync_note(SyncEngine *engine, const Note *note, GError **error) {
  g_mutex_lock(&engine->lock); // stuck: unreleased-lock
  if (note->attachments > ATTACHMENTS_MAX) {
    g_set_error(error, engine->domain, 1, "'%s' has %d attachments", note->title, note->attachments);
#ifndef LEAKING
    g_mutex_unlock(&engine->lock);
#endif
    return FALSE; // cause
  }
  engine->uploaded++;
  g_mutex_unlock(&engine->lock);
  return TRUE;
}

static gpointer sync_on_timer(gpointer data) {
  SyncEngine *engine = data;

  oracle_begin();
  g_usleep(1000);
  g_mutex_lock(&engine->lock); // stuck: unreleased-lock
  g_debug("%d notes so far", engine->uploaded);
  g_mutex_unlock(&engine->lock);
  oracle_end();
  return NULL;
}

static gpointer sync_all(gpointer data) {
  SyncEngine *engine = data;
  const Note notes[] = {{"Shopping list", 0}, {"Holiday", 12}};

  oracle_begin();
  for (int i = 0; i < 2; i++) {
    GError *error = NULL;
    if (!sync_note(engine, &notes[i], &error)) {
      g_debug("%s", error->message);
      g_clear_error(&error);
    }
  }
  oracle_end();
  return NULL;
}

static void save_notebook(void) {
  SyncEngine engine = {.domain = g_quark_from_static_string("sync")};

  g_mutex_init(&engine.lock);
  g_thread_join(g_thread_new("sync", sync_all, &engine));
  g_thread_join(g_thread_new("sync-timer", sync_on_timer, &engine));
  g_mutex_clear(&engine.lock);
}

int main(void) {
  oracle_watch();
  save_notebook();
  return oracle_verdict();
}
