// Computes how heat spreads over a plate, one strip a thread, in phases that end at a
// barrier. A thread without rows goes home and is missed by all others.
// pattern: done missed on an early return

#include "oracle.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 3
#define ROWS 4
#define ROWS_PER_THREAD 2
#define PHASES 2

static double plate[ROWS + 2];

struct strip {
  int first;
  int last; /* one past the end */
  pthread_barrier_t *phase_over;
};

static double relax(const struct strip *s) {
  double change = 0;
  for (int row = s->first; row < s->last; row++) {
    double warmer = (plate[row] + plate[row + 2]) / 2;
    change += warmer - plate[row + 1];
  }
  return change;
}

static void *compute(void *arg) {
  struct strip *s = arg;

  oracle_begin();
#ifdef LEAKING
  if (s->first >= s->last) {
    oracle_end();
    return NULL; // cause
  }
#endif
  for (int phase = 0; phase < PHASES; phase++) {
    relax(s);
    pthread_barrier_wait(s->phase_over); // stuck: unfinished-wait-group, unwoken-wait
  }
  oracle_end();
  return NULL;
}

static void heat_plate(void) {
  pthread_barrier_t phase_over;
  pthread_t threads[THREADS];
  struct strip strips[THREADS];

  pthread_barrier_init(&phase_over, NULL, THREADS);
  for (int i = 0; i < THREADS; i++) {
    int first = i * ROWS_PER_THREAD;
    int last = first + ROWS_PER_THREAD;
    strips[i] = (struct strip){first, last < ROWS ? last : ROWS, &phase_over};
    pthread_create(&threads[i], NULL, compute, &strips[i]);
  }
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&phase_over);
}

int main(void) {
  oracle_watch();
  heat_plate();
  return oracle_verdict();
}
