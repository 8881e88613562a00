// Three sensors report into a ring of one slot, made of two semaphores and a mutex. The
// station wants the first reading only; the third sensor waits for a slot for ever.
// pattern: n senders and one receive

#include "oracle.h"

#include <pthread.h>
#include <semaphore.h>

#define SENSORS 3
#ifdef LEAKING
#define SLOTS 1
#else
#define SLOTS SENSORS
#endif

struct reading {
	int sensor;
	int centidegrees;
};

struct ring {
	sem_t free;
	sem_t used;
	pthread_mutex_t lock;
	unsigned int head, tail;
	struct reading slots[SLOTS]; // cause
};

static void ring_init(struct ring *r)
{
	sem_init(&r->free, 0, SLOTS);
	sem_init(&r->used, 0, 0);
	pthread_mutex_init(&r->lock, NULL);
	r->head = r->tail = 0;
}

static void ring_put(struct ring *r, struct reading reading)
{
	sem_wait(&r->free); // stuck: unwoken-wait
	pthread_mutex_lock(&r->lock);
	r->slots[r->head++ % SLOTS] = reading;
	pthread_mutex_unlock(&r->lock);
	sem_post(&r->used);
}

static struct reading ring_get(struct ring *r)
{
	struct reading reading;

	sem_wait(&r->used);
	pthread_mutex_lock(&r->lock);
	reading = r->slots[r->tail++ % SLOTS];
	pthread_mutex_unlock(&r->lock);
	sem_post(&r->free);
	return reading;
}

static struct ring readings;

static void *sensor_main(void *arg)
{
	int *number = arg;

	oracle_begin();
	ring_put(&readings, (struct reading){ *number, 2150 + *number });
	oracle_end();
	return NULL;
}

static int measure(void)
{
	pthread_t threads[SENSORS];
	int numbers[SENSORS];
	struct reading first;
	int i;

	ring_init(&readings);
	for (i = 0; i < SENSORS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, sensor_main, &numbers[i]);
	}
	first = ring_get(&readings);
	for (i = 0; i < SENSORS; i++)
		pthread_join(threads[i], NULL);
	return first.centidegrees;
}

int main(void)
{
	oracle_watch();
	measure();
	return oracle_verdict();
}
