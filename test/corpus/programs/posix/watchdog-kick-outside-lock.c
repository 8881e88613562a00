// A watchdog thread that expects to be kicked or stopped. stop() stores the flag and
// signals without the mutex, which the thread holds from its test to its wait.
// pattern: lost wake-up: flag changed outside the lock

#include "oracle.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t  event;
    atomic_int      stop;
    int             kicks;      /* protected by mutex */
    int             handled;
    pthread_t       thread;
} watchdog;

static int watchdog_has_event(watchdog *w)
{
    if (atomic_load(&w->stop))
        return 1;
    oracle_window(); /* The flag was not set yet. */
    return w->kicks > w->handled;
}

static void *watchdog_thread(void *arg)
{
    watchdog *w = (watchdog *)arg;

    oracle_begin();
    pthread_mutex_lock(&w->mutex);
    while (!atomic_load(&w->stop)) {
        while (!watchdog_has_event(w))
            pthread_cond_wait(&w->event, &w->mutex); // stuck: unwoken-wait
        w->handled = w->kicks;
    }
    pthread_mutex_unlock(&w->mutex);
    oracle_end();
    return NULL;
}

static int watchdog_start(watchdog *w)
{
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->event, NULL);
    atomic_init(&w->stop, 0);
    w->kicks = w->handled = 0;
    return pthread_create(&w->thread, NULL, watchdog_thread, w);
}

static void watchdog_stop(watchdog *w)
{
#ifndef LEAKING
    pthread_mutex_lock(&w->mutex);
#endif
    atomic_store(&w->stop, 1);
    pthread_cond_signal(&w->event); // cause
#ifndef LEAKING
    pthread_mutex_unlock(&w->mutex);
#endif
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->event);
    pthread_mutex_destroy(&w->mutex);
}

static void supervise(void)
{
    watchdog w;
    struct timespec moment = {.tv_nsec = 20000000};

    if (watchdog_start(&w) != 0)
        return;
    nanosleep(&moment, NULL);
    watchdog_stop(&w);
}

int main(void)
{
    oracle_watch();
    supervise();
    return oracle_verdict();
}
