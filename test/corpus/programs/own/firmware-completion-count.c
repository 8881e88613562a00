// Firmware of several chips is uploaded in parallel, in the style of kernel code. The
// completion expects one signal for each slot, but empty slots have no uploader.
// pattern: count too large

#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

#define NR_SLOTS 3

struct completion {
	pthread_mutex_t lock;
	pthread_cond_t wait;
	unsigned int pending;
};

static void init_completion(struct completion *x, unsigned int pending)
{
	pthread_mutex_init(&x->lock, NULL);
	pthread_cond_init(&x->wait, NULL);
	x->pending = pending;
}

static void complete(struct completion *x)
{
	pthread_mutex_lock(&x->lock);
	if (--x->pending == 0)
		pthread_cond_broadcast(&x->wait);
	pthread_mutex_unlock(&x->lock);
}

static void wait_for_completion(struct completion *x)
{
	pthread_mutex_lock(&x->lock);
	while (x->pending > 0)
		pthread_cond_wait(&x->wait, &x->lock); // stuck: unwoken-wait, unfinished-wait-group
	pthread_mutex_unlock(&x->lock);
}

struct chip {
	int present;
	int revision;
	struct completion *done;
	pthread_t uploader;
};

static void *upload_fn(void *data)
{
	struct chip *chip = data;

	oracle_begin();
	chip->revision++;
	complete(chip->done);
	oracle_end();
	return NULL;
}

static int upload_all(struct chip *chips, int nr)
{
	struct completion done;
	unsigned int present = 0;
	int i;

	for (i = 0; i < nr; i++)
		present += chips[i].present;

#ifdef LEAKING
	init_completion(&done, nr); // cause
#else
	init_completion(&done, present);
#endif

	for (i = 0; i < nr; i++) {
		if (!chips[i].present)
			continue;
		chips[i].done = &done;
		if (pthread_create(&chips[i].uploader, NULL, upload_fn, &chips[i]))
			abort();
	}

	wait_for_completion(&done);

	for (i = 0; i < nr; i++)
		if (chips[i].present)
			pthread_join(chips[i].uploader, NULL);
	pthread_cond_destroy(&done.wait);
	pthread_mutex_destroy(&done.lock);
	return present;
}

static void probe(void)
{
	struct chip chips[NR_SLOTS] = {
		{ .present = 1, .revision = 7 },
		{ .present = 0 },
		{ .present = 1, .revision = 8 },
	};

	upload_all(chips, NR_SLOTS);
}

int main(void)
{
	oracle_watch();
	probe();
	return oracle_verdict();
}
