// An in-memory file table in C. Opening a file that is already open by too many returns
// an error between lock and unlock; whoever comes next waits for the lock.
// pattern: lock not released on one path

#include "oracle.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define MAX_INODES  8
#define MAX_OPENERS 1

struct inode {
	uint32_t ino;
	int      openers;
};

struct inode_table {
	pthread_mutex_t lock;
	struct inode    inodes[MAX_INODES];
	int             count;
};

static void table_init(struct inode_table *t)
{
	memset(t, 0, sizeof(*t));
	pthread_mutex_init(&t->lock, NULL);
}

static struct inode *lookup_locked(struct inode_table *t, uint32_t ino)
{
	int i;

	for (i = 0; i < t->count; i++)
		if (t->inodes[i].ino == ino)
			return &t->inodes[i];
	return NULL;
}

static int table_add(struct inode_table *t, uint32_t ino)
{
	int err = 0;

	pthread_mutex_lock(&t->lock);
	if (t->count == MAX_INODES) {
		err = -ENOSPC;
		goto out;
	}
	t->inodes[t->count].ino = ino;
	t->inodes[t->count].openers = 0;
	t->count++;
out:
	pthread_mutex_unlock(&t->lock);
	return err;
}

static int table_open(struct inode_table *t, uint32_t ino)
{
	struct inode *inode;

	pthread_mutex_lock(&t->lock); // stuck: unreleased-lock, lock-cycle
	inode = lookup_locked(t, ino);
	if (!inode) {
		pthread_mutex_unlock(&t->lock);
		return -ENOENT;
	}
	if (inode->openers == MAX_OPENERS) {
#ifndef LEAKING
		pthread_mutex_unlock(&t->lock);
#endif
		return -EMFILE; // cause
	}
	inode->openers++;
	pthread_mutex_unlock(&t->lock);
	return 0;
}

static void *reader(void *arg)
{
	struct inode_table *t = arg;
	int tries;

	oracle_begin();
	for (tries = 0; tries < 3; tries++)
		if (table_open(t, 42) == 0)
			break;
	oracle_end();
	return NULL;
}

static int mount_and_read(void)
{
	struct inode_table table;
	pthread_t readers[2];
	int err;

	table_init(&table);
	err = table_add(&table, 42);
	if (err)
		return err;
	if (pthread_create(&readers[0], NULL, reader, &table))
		return -EAGAIN;
	if (pthread_create(&readers[1], NULL, reader, &table) == 0)
		pthread_join(readers[1], NULL);
	pthread_join(readers[0], NULL);
	pthread_mutex_destroy(&table.lock);
	return 0;
}

int main(void)
{
	oracle_watch();
	mount_and_read();
	return oracle_verdict();
}
