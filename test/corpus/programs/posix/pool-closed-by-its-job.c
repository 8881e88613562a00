// A pool in C that can be closed from anywhere. A job that finds a poisoned request closes
// the pool, and waits there for all workers to leave: for itself.
// pattern: task waits for its own end

#include "oracle.h"

#include <pthread.h>
#include <stdbool.h>

#define WORKERS 2
#define MAX_JOBS 8

struct pool;
typedef void job_fn(struct pool *pool, int request);

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_cond_t worker_left;
	struct { job_fn *run; int request; } jobs[MAX_JOBS];
	int njobs;
	int nworkers;
	bool closing;
};

static void *worker(void *arg)
{
	struct pool *p = arg;

	oracle_begin();
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->njobs == 0 && !p->closing)
			pthread_cond_wait(&p->work, &p->lock);
		if (p->njobs == 0)
			break;
		p->njobs--;
		job_fn *run = p->jobs[p->njobs].run;
		int request = p->jobs[p->njobs].request;
		pthread_mutex_unlock(&p->lock);
		run(p, request);
		pthread_mutex_lock(&p->lock);
	}
	p->nworkers--;
	pthread_cond_broadcast(&p->worker_left);
	pthread_mutex_unlock(&p->lock);
	oracle_end();
	return NULL;
}

static void pool_start(struct pool *p)
{
	pthread_t thread;

	p->nworkers = WORKERS;
	for (int i = 0; i < WORKERS; i++) {
		pthread_create(&thread, NULL, worker, p);
		pthread_detach(thread);
	}
}

static void pool_submit(struct pool *p, job_fn *run, int request)
{
	pthread_mutex_lock(&p->lock);
	if (!p->closing && p->njobs < MAX_JOBS) {
		p->jobs[p->njobs].run = run;
		p->jobs[p->njobs++].request = request;
		pthread_cond_signal(&p->work);
	}
	pthread_mutex_unlock(&p->lock);
}

static void pool_begin_close(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
}

static void pool_close(struct pool *p)
{
	pool_begin_close(p);
	pthread_mutex_lock(&p->lock);
	while (p->nworkers > 0)
		pthread_cond_wait(&p->worker_left, &p->lock); // stuck: self-join, unwoken-wait
	pthread_mutex_unlock(&p->lock);
}

static void handle(struct pool *p, int request)
{
	if (request < 0)
#ifdef LEAKING
		pool_close(p); // cause
#else
		pool_begin_close(p);
#endif
}

static void serve(void)
{
	struct pool pool = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.work = PTHREAD_COND_INITIALIZER,
		.worker_left = PTHREAD_COND_INITIALIZER,
	};

	pool_start(&pool);
	pool_submit(&pool, handle, 1);
	pool_submit(&pool, handle, -1);
	pool_close(&pool);
}

int main(void)
{
	oracle_watch();
	serve();
	return oracle_verdict();
}
