// A load test with C11 threads: all clients start together once everybody is at the line.
// The referee waits for the whole field before it has called the second client.
// pattern: wait inside the spawn loop

#include "oracle.h"

#include <stdlib.h>
#include <threads.h>

enum { CLIENTS = 2 };

struct start_line {
	mtx_t mtx;
	cnd_t cnd;
	int   missing;
	int   started;
};

static int start_line_open(struct start_line *line, int field)
{
	line->missing = field;
	line->started = 0;
	if (mtx_init(&line->mtx, mtx_plain) != thrd_success)
		return -1;
	return cnd_init(&line->cnd) == thrd_success ? 0 : -1;
}

static void start_line_close(struct start_line *line)
{
	cnd_destroy(&line->cnd);
	mtx_destroy(&line->mtx);
}

// A client is at the line and waits for the shot.
static void step_up(struct start_line *line)
{
	mtx_lock(&line->mtx);
	line->missing--;
	cnd_broadcast(&line->cnd);
	while (!line->started)
		cnd_wait(&line->cnd, &line->mtx); // stuck: unwoken-wait, unfinished-wait-group
	mtx_unlock(&line->mtx);
}

static void await_field(struct start_line *line)
{
	mtx_lock(&line->mtx);
	while (line->missing > 0)
		cnd_wait(&line->cnd, &line->mtx); // stuck: unwoken-wait, unfinished-wait-group
	line->started = 1;
	cnd_broadcast(&line->cnd);
	mtx_unlock(&line->mtx);
}

static int client(void *arg)
{
	oracle_begin();
	step_up(arg);
	oracle_end();
	return 0;
}

static void run_load_test(void)
{
	struct start_line line;
	thrd_t clients[CLIENTS];

	if (start_line_open(&line, CLIENTS) != 0)
		abort();

	for (int i = 0; i < CLIENTS; i++) {
		if (thrd_create(&clients[i], client, &line) != thrd_success)
			abort();
#ifdef LEAKING
		await_field(&line); // cause
#endif
	}
#ifndef LEAKING
	await_field(&line);
#endif

	for (int i = 0; i < CLIENTS; i++)
		thrd_join(clients[i], NULL);
	start_line_close(&line);
}

int main(void)
{
	oracle_watch();
	run_load_test();
	return oracle_verdict();
}
