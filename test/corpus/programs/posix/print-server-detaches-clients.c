// A print server that starts a detached thread for each client. When it shuts down nobody
// knows of them, and each waits for a client that has stopped talking.
// pattern: handler that starts untracked tasks

#include "oracle.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 4

struct server {
  int sockets[MAX_CLIENTS];
  pthread_t threads[MAX_CLIENTS];
  int nclients;
};

static void *talk_to_client(void *arg) {
  int fd = (int)(intptr_t)arg;
  char job[256];
  ssize_t n;

  oracle_begin();
  while ((n = recv(fd, job, sizeof job, 0)) > 0) // stuck: detached-task, blocking-receive
    printf("printing %zd bytes\n", n);
  close(fd);
  oracle_end();
  return NULL;
}

static int on_connect(struct server *s, int fd) {
  pthread_t thread;

  if (s->nclients == MAX_CLIENTS ||
      pthread_create(&thread, NULL, talk_to_client, (void *)(intptr_t)fd) != 0) {
    close(fd);
    return -1;
  }
#ifdef LEAKING
  pthread_detach(thread); // stuck: detached-task
#else
  s->sockets[s->nclients] = fd;
  s->threads[s->nclients++] = thread;
#endif
  return 0;
}

static void shut_down(struct server *s) {
  for (int i = 0; i < s->nclients; i++)
    shutdown(s->sockets[i], SHUT_RD);
  for (int i = 0; i < s->nclients; i++)
    pthread_join(s->threads[i], NULL);
  s->nclients = 0;
}

/* Stands for a desktop that prints one page and stays connected. */
static int connect_desktop(struct server *s) {
  int ends[2];

  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    return -1;
  if (on_connect(s, ends[0]) != 0) {
    close(ends[1]);
    return -1;
  }
  (void)send(ends[1], "%!PS", 4, 0);
  return ends[1];
}

static void office_day(void) {
  struct server server = {.nclients = 0};
  int reception = connect_desktop(&server);
  int accounting = connect_desktop(&server);

  oracle_window(); // Both pages are printed.
  shut_down(&server);
  (void)reception;
  (void)accounting; // Still connected.
}

int main(void) {
  oracle_watch();
  office_day();
  return oracle_verdict();
}
