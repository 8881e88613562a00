// A trace buffer of fixed size as a C object with create and destroy. If tracing to disk
// is off no thread drains it, and the writer that fills it up stops for ever.
// pattern: send without receiver

#include "oracle.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct trace_ring {
    unsigned *slots;
    unsigned capacity, used, head;
    bool enabled, closed;
    pthread_mutex_t mutex;
    pthread_cond_t not_full, not_empty;
    pthread_t drainer;
    unsigned long drained;
} trace_ring_t;

static void *trace_ring_drain(void *arg)
{
    trace_ring_t *ring = (trace_ring_t *)arg;
    oracle_begin();
    pthread_mutex_lock(&ring->mutex);
    for (;;) {
        while (ring->used == 0 && !ring->closed)
            pthread_cond_wait(&ring->not_empty, &ring->mutex);
        if (ring->used == 0)
            break;
        ring->drained += ring->slots[ring->head];
        ring->head = (ring->head + 1) % ring->capacity;
        ring->used--;
        pthread_cond_signal(&ring->not_full);
    }
    pthread_mutex_unlock(&ring->mutex);
    oracle_end();
    return NULL;
}

trace_ring_t *trace_ring_create(unsigned capacity, bool enabled)
{
    trace_ring_t *ring = calloc(1, sizeof *ring);
    if (ring == NULL)
        return NULL;
    ring->slots = calloc(capacity, sizeof *ring->slots);
    ring->capacity = capacity;
    pthread_mutex_init(&ring->mutex, NULL);
    pthread_cond_init(&ring->not_full, NULL);
    pthread_cond_init(&ring->not_empty, NULL);
    ring->enabled = enabled && pthread_create(&ring->drainer, NULL, trace_ring_drain, ring) == 0;
    return ring;
}

void trace_ring_write(trace_ring_t *ring, unsigned event)
{
#ifndef LEAKING
    if (!ring->enabled)
        return;
#endif
    pthread_mutex_lock(&ring->mutex);
    while (ring->used == ring->capacity)
        pthread_cond_wait(&ring->not_full, &ring->mutex); // stuck: unwoken-wait
    ring->slots[(ring->head + ring->used) % ring->capacity] = event;
    ring->used++;
    pthread_cond_signal(&ring->not_empty);
    pthread_mutex_unlock(&ring->mutex);
}

void trace_ring_destroy(trace_ring_t *ring)
{
    if (ring->enabled) {
        pthread_mutex_lock(&ring->mutex);
        ring->closed = true;
        pthread_cond_signal(&ring->not_empty);
        pthread_mutex_unlock(&ring->mutex);
        pthread_join(ring->drainer, NULL);
    }
    pthread_cond_destroy(&ring->not_empty);
    pthread_cond_destroy(&ring->not_full);
    pthread_mutex_destroy(&ring->mutex);
    free(ring->slots);
    free(ring);
}

static void *request_loop(void *arg)
{
    oracle_begin();
    for (unsigned request = 0; request < 3; request++)
        trace_ring_write((trace_ring_t *)arg, request);
    oracle_end();
    return NULL;
}

static void serve(void)
{
    pthread_t requests;
    trace_ring_t *ring = trace_ring_create(2, false); // cause
    if (ring == NULL)
        return;
    pthread_create(&requests, NULL, request_loop, ring);
    pthread_join(requests, NULL);
    trace_ring_destroy(ring);
}

int main(void)
{
    oracle_watch();
    serve();
    return oracle_verdict();
}
