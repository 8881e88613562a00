// Orders are put into a queue of two, a notifier looks each of them up in a database. The
// database does not answer any more, and every new order waits for room in the queue.
// pattern: consumer stuck in a slow call

#include "oracle.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#define QUEUE_SIZE 2
#define ORDERS 5

struct notifier {
	pthread_mutex_t mutex;
	pthread_cond_t not_empty, not_full;
	int orders[QUEUE_SIZE];
	int count;
	bool closed;
	int database;
	int notified, dropped;
};

static bool look_up(int database, int order)
{
	char address[64];

	if (write(database, &order, sizeof order) < 0)
		return false;
#ifndef LEAKING
	struct pollfd answer = { .fd = database, .events = POLLIN };
	if (poll(&answer, 1, 20) <= 0)
		return false;
#endif
	return read(database, address, sizeof address) > 0; // stuck: blocking-receive
}

static void *notify_customers(void *arg)
{
	struct notifier *n = arg;

	oracle_begin();
	pthread_mutex_lock(&n->mutex);
	for (;;) {
		while (n->count == 0 && !n->closed)
			pthread_cond_wait(&n->not_empty, &n->mutex);
		if (n->count == 0)
			break;
		int order = n->orders[--n->count];
		pthread_cond_signal(&n->not_full);
		pthread_mutex_unlock(&n->mutex);
		bool found = look_up(n->database, order); // cause
		pthread_mutex_lock(&n->mutex);
		if (found)
			n->notified++;
		else
			n->dropped++;
	}
	pthread_mutex_unlock(&n->mutex);
	oracle_end();
	return NULL;
}

static void enqueue(struct notifier *n, int order)
{
	pthread_mutex_lock(&n->mutex);
	while (n->count == QUEUE_SIZE)
		pthread_cond_wait(&n->not_full, &n->mutex); // stuck: unwoken-wait
	n->orders[n->count++] = order;
	pthread_cond_signal(&n->not_empty);
	pthread_mutex_unlock(&n->mutex);
}

static void take_orders(int database)
{
	struct notifier n = {
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.not_empty = PTHREAD_COND_INITIALIZER,
		.not_full = PTHREAD_COND_INITIALIZER,
		.database = database,
	};
	pthread_t thread;

	if (pthread_create(&thread, NULL, notify_customers, &n) != 0)
		return;
	for (int order = 0; order < ORDERS; order++)
		enqueue(&n, order);
	pthread_mutex_lock(&n.mutex);
	n.closed = true;
	pthread_cond_signal(&n.not_empty);
	pthread_mutex_unlock(&n.mutex);
	pthread_join(thread, NULL);
}

int main(void)
{
	int ends[2]; /* The database has the other one. */

	oracle_watch();
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0)
		take_orders(ends[0]);
	return oracle_verdict();
}
