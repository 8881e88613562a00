// Scans music files: each reader pushes what it found to the catalogue, which pops one
// result for each file. A file that cannot be parsed has no result.
// pattern: receive that nobody feeds

#include "oracle.h"

#include <glib.h>

typedef enum { FORMAT_FLAC, FORMAT_OGG, FORMAT_IMAGE } Format;

typedef struct {
  const char *path;
  Format format;
  GAsyncQueue *results;
  int seconds;
} Scan;

// Zero if there is nothing to play.
static int parse_length(const char *path, Format format) {
  g_debug("reading %s", path);
  return format == FORMAT_IMAGE ? 0 : 41;
}

static gpointer scan_file(gpointer data) {
  Scan *scan = data;

  oracle_begin();
  scan->seconds = parse_length(scan->path, scan->format);
#ifdef LEAKING
  if (scan->seconds > 0)
    g_async_queue_push(scan->results, scan); // cause
#else
  g_async_queue_push(scan->results, scan);
#endif
  oracle_end();
  return NULL;
}

static int scan_album(Scan *scans, int count) {
  GAsyncQueue *results = g_async_queue_new();
  int total = 0;

  oracle_begin();
  for (int i = 0; i < count; i++) {
    scans[i].results = results;
    g_thread_unref(g_thread_new("scan", scan_file, &scans[i]));
  }
  for (int i = 0; i < count; i++) {
    Scan *done = g_async_queue_pop(results); // stuck: blocking-receive
    total += done->seconds;
  }
  g_async_queue_unref(results);
  oracle_end();
  return total;
}

static void update_catalogue(void) {
  Scan album[2] = {{"01-overture.flac", FORMAT_FLAC}, {"cover.jpg", FORMAT_IMAGE}};
  int total = scan_album(album, 2);
  g_debug("%d seconds of music", total);
}

int main(void) {
  oracle_watch();
  update_catalogue();
  return oracle_verdict();
}
