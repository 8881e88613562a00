// Sends text messages from a queue. Shutting down sets a flag and wakes the sender, but
// the sender's loop asks for messages only and goes to sleep again.
// pattern: predicate without the stop flag

#include "oracle.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct sms {
  struct sms *next;
  char number[20];
};

struct gateway {
  pthread_mutex_t lock;
  pthread_cond_t wakeup;
  struct sms *head;
  bool shutting_down;
  unsigned long sent;
  pthread_t sender;
};

/* Null: the gateway is shutting down and nothing is left to send. */
static struct sms *next_sms(struct gateway *gw) {
  struct sms *sms;

  pthread_mutex_lock(&gw->lock);
#ifdef LEAKING
  while (!gw->head) // cause
#else
  while (!gw->head && !gw->shutting_down)
#endif
    pthread_cond_wait(&gw->wakeup, &gw->lock); // stuck: unwoken-wait
  sms = gw->head;
  if (sms)
    gw->head = sms->next;
  pthread_mutex_unlock(&gw->lock);
  return sms;
}

static void *sender_main(void *arg) {
  struct gateway *gw = arg;
  struct sms *sms;

  oracle_begin();
  while ((sms = next_sms(gw))) {
    gw->sent++;
    free(sms);
  }
  oracle_end();
  return NULL;
}

static void gateway_send(struct gateway *gw, const char *number) {
  struct sms *sms = calloc(1, sizeof *sms);
  if (!sms)
    return;
  strncpy(sms->number, number, sizeof sms->number - 1);
  pthread_mutex_lock(&gw->lock);
  sms->next = gw->head;
  gw->head = sms;
  pthread_cond_signal(&gw->wakeup);
  pthread_mutex_unlock(&gw->lock);
}

static void gateway_shutdown(struct gateway *gw) {
  pthread_mutex_lock(&gw->lock);
  gw->shutting_down = true;
  pthread_cond_broadcast(&gw->wakeup);
  pthread_mutex_unlock(&gw->lock);
  pthread_join(gw->sender, NULL);
}

static void send_reminders(void) {
  struct gateway gw = {.lock = PTHREAD_MUTEX_INITIALIZER, .wakeup = PTHREAD_COND_INITIALIZER};

  if (pthread_create(&gw.sender, NULL, sender_main, &gw) != 0)
    return;
  gateway_send(&gw, "+49 30 901820");
  gateway_send(&gw, "+44 20 79460");
  gateway_shutdown(&gw);
}

int main(void) {
  oracle_watch();
  send_reminders();
  return oracle_verdict();
}
