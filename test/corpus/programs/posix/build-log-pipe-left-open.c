// Collects the output of a compiler through a pipe, until the pipe's end. The writing end
// stays open in the same process, so the end never comes.
// pattern: range over a channel never closed

#include "oracle.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct build_log {
  int from;
  size_t length;
  char text[512];
};

static void *collect(void *arg) {
  struct build_log *log = arg;
  char chunk[128];
  ssize_t n;

  oracle_begin();
  while ((n = read(log->from, chunk, sizeof chunk)) > 0) { // stuck: blocking-receive
    size_t room = sizeof log->text - log->length;
    size_t take = (size_t)n < room ? (size_t)n : room;
    memcpy(log->text + log->length, chunk, take);
    log->length += take;
  }
  oracle_end();
  return NULL;
}

static void compile(const char *unit, int output) {
  char line[96];
  int length = snprintf(line, sizeof line, "%s: 0 warnings\n", unit);
  if (write(output, line, (size_t)length) != length)
    perror("write");
}

static int build(const char *const *units, int count) {
  int ends[2];
  struct build_log log = {0};
  pthread_t collector;

  if (pipe(ends) != 0)
    return -1;
  log.from = ends[0];
  if (pthread_create(&collector, NULL, collect, &log) != 0)
    abort();
  for (int i = 0; i < count; i++)
    compile(units[i], ends[1]);
#ifndef LEAKING
  close(ends[1]);
#endif
  pthread_join(collector, NULL); // cause
  close(ends[0]);
  return (int)log.length;
}

static void build_all(void) {
  static const char *const units[] = {"main.c", "parse.c"};
  build(units, 2);
}

int main(void) {
  oracle_watch();
  build_all();
  return oracle_verdict();
}
