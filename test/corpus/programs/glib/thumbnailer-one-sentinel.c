// A thumbnailer with two workers on one GAsyncQueue. At shutdown one sentinel is pushed: who
// takes it leaves, the other one pops for ever.
// pattern: range over a channel never closed

#include "oracle.h"

#include <glib.h>

typedef struct {
  char *path;
  int width;
} ThumbJob;

static ThumbJob no_more_jobs;

typedef struct {
  GAsyncQueue *jobs;
  GThread *workers[2];
} Thumbnailer;

static gpointer thumbnail_worker(gpointer data) {
  GAsyncQueue *jobs = data;

  oracle_begin();
  for (;;) {
    ThumbJob *job = g_async_queue_pop(jobs); // stuck: blocking-receive
    if (job == &no_more_jobs)
      break;
    g_debug("scaling %s to %d", job->path, job->width);
    g_free(job->path);
    g_free(job);
  }
  oracle_end();
  return NULL;
}

static void thumbnailer_start(Thumbnailer *self) {
  self->jobs = g_async_queue_new();
  self->workers[0] = g_thread_new("thumb-0", thumbnail_worker, self->jobs);
  self->workers[1] = g_thread_new("thumb-1", thumbnail_worker, self->jobs);
}

static void thumbnailer_add(Thumbnailer *self, const char *path, int width) {
  ThumbJob *job = g_new0(ThumbJob, 1);
  job->path = g_strdup(path);
  job->width = width;
  g_async_queue_push(self->jobs, job);
}

static void thumbnailer_stop(Thumbnailer *self) {
#ifdef LEAKING
  g_async_queue_push(self->jobs, &no_more_jobs); // cause
#else
  for (int i = 0; i < 2; i++)
    g_async_queue_push(self->jobs, &no_more_jobs);
#endif
  g_thread_join(self->workers[0]); // cause
  g_thread_join(self->workers[1]); // cause
  g_async_queue_unref(self->jobs);
}

static void browse_folder(void) {
  Thumbnailer thumbs;
  thumbnailer_start(&thumbs);
  thumbnailer_add(&thumbs, "beach.jpg", 128);
  thumbnailer_stop(&thumbs);
}

int main(void) {
  oracle_watch();
  browse_folder();
  return oracle_verdict();
}
