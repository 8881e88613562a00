// An audio mixer renders its voices in threads. The description of the job is copied for
// each voice, the semaphore too: the voices post their copies, the mixer waits for its own.
// pattern: lock or counter copied

#include "oracle.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>

enum { VOICES = 2, FRAMES = 64 };

typedef struct {
  sem_t rendered;
  int16_t samples[VOICES][FRAMES];
  int gain;
} MixJob;

typedef struct {
#ifdef LEAKING
  MixJob job;
#else
  MixJob *job;
#endif
  int voice;
} VoiceArgs;

static void *voice_main(void *p) {
  oracle_begin();
  VoiceArgs *args = p;
#ifdef LEAKING
  MixJob *job = &args->job;
#else
  MixJob *job = args->job;
#endif
  for (int i = 0; i < FRAMES; ++i)
    job->samples[args->voice][i] = (int16_t)(job->gain * i);
  sem_post(&job->rendered);
  oracle_end();
  return NULL;
}

static long mix(int gain) {
  MixJob job = {.gain = gain};
  VoiceArgs args[VOICES];
  pthread_t threads[VOICES];
  long sum = 0;

  sem_init(&job.rendered, 0, 0);
  for (int v = 0; v < VOICES; ++v) {
#ifdef LEAKING
    args[v].job = job; // stuck: copied-sync
#else
    args[v].job = &job;
#endif
    args[v].voice = v;
    if (pthread_create(&threads[v], NULL, voice_main, &args[v]) != 0)
      abort();
  }
  for (int v = 0; v < VOICES; ++v)
    sem_wait(&job.rendered); // stuck: copied-sync, unwoken-wait
  for (int v = 0; v < VOICES; ++v) {
    pthread_join(threads[v], NULL);
    sum += job.samples[v][FRAMES - 1];
  }
  sem_destroy(&job.rendered);
  return sum;
}

static void play(void) { mix(3); }

int main(void) {
  oracle_watch();
  play();
  return oracle_verdict();
}
