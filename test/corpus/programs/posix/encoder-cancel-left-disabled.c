// A video encoder that must not be cancelled in the middle of a frame. A frame that is
// skipped leaves cancellation disabled, and the next wait cannot be cancelled any more.
// pattern: token ignored by the task

#include "oracle.h"

#include <pthread.h>
#include <stdbool.h>

typedef struct Frame {
    int number;
    int changed_pixels;
} Frame;

typedef struct Encoder {
    pthread_mutex_t mutex;
    pthread_cond_t has_frame;
    Frame next;
    bool full;
    int encoded;
} Encoder;

static void unlock(void *mutex) { pthread_mutex_unlock(mutex); }

static void ended(void *unused) { (void)unused; oracle_end(); }

static Frame take_frame(Encoder *encoder)
{
    Frame frame;

    pthread_mutex_lock(&encoder->mutex);
    pthread_cleanup_push(unlock, &encoder->mutex);
    while (!encoder->full)
        pthread_cond_wait(&encoder->has_frame, &encoder->mutex); // stuck: ignored-cancel, unwoken-wait
    frame = encoder->next;
    encoder->full = false;
    pthread_cleanup_pop(1);
    return frame;
}

static void *encode_all(void *arg)
{
    Encoder *encoder = arg;

    oracle_begin();
    pthread_cleanup_push(ended, NULL);
    for (;;) {
        Frame frame = take_frame(encoder);
        int state;
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
        if (frame.changed_pixels == 0) {
#ifndef LEAKING
            pthread_setcancelstate(state, NULL);
#endif
            continue; // cause
        }
        encoder->encoded++;
        pthread_setcancelstate(state, NULL);
    }
    pthread_cleanup_pop(1);
    return NULL;
}

static void show(Encoder *encoder, Frame frame)
{
    pthread_mutex_lock(&encoder->mutex);
    encoder->next = frame;
    encoder->full = true;
    pthread_cond_signal(&encoder->has_frame);
    pthread_mutex_unlock(&encoder->mutex);
}

static void record(void)
{
    Encoder encoder = {.mutex = PTHREAD_MUTEX_INITIALIZER, .has_frame = PTHREAD_COND_INITIALIZER};
    pthread_t thread;

    if (pthread_create(&thread, NULL, encode_all, &encoder) != 0)
        return;
    show(&encoder, (Frame){.number = 1, .changed_pixels = 0});
    oracle_window(); // The still frame has been skipped.
    pthread_cancel(thread);
    pthread_join(thread, NULL);
}

int main(void)
{
    oracle_watch();
    record();
    return oracle_verdict();
}
