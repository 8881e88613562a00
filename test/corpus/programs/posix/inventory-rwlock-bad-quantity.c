// A stock of articles behind a lock for readers and writers. A booking with a bad quantity
// is refused before the lock is given back, and all who come later wait.
// pattern: lock not released on one path

#include "oracle.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define MAX_ARTICLES 8

struct article {
	char name[16];
	int quantity;
};

struct inventory {
	pthread_rwlock_t lock;
	struct article articles[MAX_ARTICLES];
	int count;
};

static struct article *find(struct inventory *inv, const char *name)
{
	for (int i = 0; i < inv->count; i++)
		if (strcmp(inv->articles[i].name, name) == 0)
			return &inv->articles[i];
	return NULL;
}

static int book(struct inventory *inv, const char *name, int change)
{
	struct article *article;

	pthread_rwlock_wrlock(&inv->lock); // stuck: unreleased-lock
	article = find(inv, name);
	if (article == NULL || article->quantity + change < 0) {
#ifndef LEAKING
		pthread_rwlock_unlock(&inv->lock);
#endif
		return -EINVAL; // cause
	}
	article->quantity += change;
	pthread_rwlock_unlock(&inv->lock);
	return 0;
}

static int in_stock(struct inventory *inv, const char *name)
{
	struct article *article;
	int quantity;

	pthread_rwlock_rdlock(&inv->lock); // stuck: unreleased-lock
	article = find(inv, name);
	quantity = article ? article->quantity : 0;
	pthread_rwlock_unlock(&inv->lock);
	return quantity;
}

static void *till(void *arg)
{
	oracle_begin();
	if (book(arg, "lamp", -5) != 0)
		fprintf(stderr, "not enough lamps\n");
	oracle_end();
	return NULL;
}

static void *catalogue(void *arg)
{
	oracle_begin();
	printf("%d lamps\n", in_stock(arg, "lamp"));
	oracle_end();
	return NULL;
}

static void open_shop(void)
{
	struct inventory inv = { .articles = { { "lamp", 3 } }, .count = 1 };
	pthread_t first, second;

	pthread_rwlock_init(&inv.lock, NULL);
	pthread_create(&first, NULL, till, &inv);
	pthread_join(first, NULL);
	pthread_create(&second, NULL, catalogue, &inv);
	pthread_join(second, NULL);
	pthread_rwlock_destroy(&inv.lock);
}

int main(void)
{
	oracle_watch();
	open_shop();
	return oracle_verdict();
}
