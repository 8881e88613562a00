// A crawler cancels a worker that waits for links. A wait that is cancelled has taken its
// mutex again, and without a clean-up handler the thread ends with it.
// pattern: lock not released on one path

#include "oracle.h"

#include <pthread.h>
#include <stdio.h>

#define MAX_LINKS 16

struct frontier {
	pthread_mutex_t mutex;
	pthread_cond_t link_found;
	const char *links[MAX_LINKS];
	int nlinks;
};

static void release(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

static void *crawl(void *arg)
{
	struct frontier *f = arg;
	const char *link;

	for (;;) {
		pthread_mutex_lock(&f->mutex);
#ifndef LEAKING
		pthread_cleanup_push(release, &f->mutex);
#endif
		while (f->nlinks == 0)
			pthread_cond_wait(&f->link_found, &f->mutex); // cause
		link = f->links[--f->nlinks];
#ifdef LEAKING
		pthread_mutex_unlock(&f->mutex);
#else
		pthread_cleanup_pop(1);
#endif
		printf("fetching %s\n", link);
	}
	return NULL;
}

static void add_link(struct frontier *f, const char *link)
{
	pthread_mutex_lock(&f->mutex); // stuck: unreleased-lock
	if (f->nlinks < MAX_LINKS)
		f->links[f->nlinks++] = link;
	pthread_cond_signal(&f->link_found);
	pthread_mutex_unlock(&f->mutex);
}

static void *read_sitemap(void *arg)
{
	oracle_begin();
	add_link(arg, "https://example.org/");
	add_link(arg, "https://example.org/news");
	oracle_end();
	return NULL;
}

static void crawl_site(void)
{
	struct frontier f = {
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.link_found = PTHREAD_COND_INITIALIZER,
	};
	pthread_t worker, sitemap;

	pthread_create(&worker, NULL, crawl, &f);
	oracle_window(); /* The worker waits for its first link. */
	pthread_cancel(worker);
	pthread_join(worker, NULL);

	pthread_create(&sitemap, NULL, read_sitemap, &f);
	pthread_join(sitemap, NULL);
	printf("%d links left\n", f.nlinks);
}

int main(void)
{
	oracle_watch();
	crawl_site();
	return oracle_verdict();
}
