// A job scheduler whose cancel function joins the job's thread with the table locked. The
// job's last act is to lock the table and write down its exit code.
// pattern: lock held across a wait whose waker needs it

#include "oracle.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum job_state { JOB_FREE, JOB_RUNNING, JOB_DONE };

struct job {
  enum job_state state;
  int exit_code;
  atomic_bool cancelled;
  pthread_t thread;
};

static struct {
  pthread_mutex_t lock;
  struct job jobs[4];
} table = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *run_job(void *arg) {
  struct job *job = arg;
  int turns = 0;

  oracle_begin();
  while (!atomic_load(&job->cancelled) && turns < 1000) {
    usleep(1000);
    turns++;
  }
  pthread_mutex_lock(&table.lock); // stuck: lock-cycle
  job->exit_code = turns;
  job->state = JOB_DONE;
  pthread_mutex_unlock(&table.lock);
  oracle_end();
  return NULL;
}

static struct job *start_job(void) {
  struct job *started = NULL;

  pthread_mutex_lock(&table.lock);
  for (int i = 0; i < 4 && !started; i++)
    if (table.jobs[i].state == JOB_FREE)
      started = &table.jobs[i];
  if (started) {
    started->state = JOB_RUNNING;
    pthread_create(&started->thread, NULL, run_job, started);
  }
  pthread_mutex_unlock(&table.lock);
  return started;
}

static int cancel_job(struct job *job) {
  int exit_code;

  pthread_mutex_lock(&table.lock);
  atomic_store(&job->cancelled, true);
#ifndef LEAKING
  pthread_mutex_unlock(&table.lock);
#endif
  pthread_join(job->thread, NULL); // stuck: lock-cycle
#ifndef LEAKING
  pthread_mutex_lock(&table.lock);
#endif
  exit_code = job->exit_code;
  job->state = JOB_FREE;
  pthread_mutex_unlock(&table.lock);
  return exit_code;
}

static void night_shift(void) {
  struct job *backup = start_job();
  if (backup)
    printf("exit code %d\n", cancel_job(backup));
}

int main(void) {
  oracle_watch();
  night_shift();
  return oracle_verdict();
}
