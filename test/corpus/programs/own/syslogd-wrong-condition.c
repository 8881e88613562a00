/* A logging daemon with its state in file scope and functions to start and stop it. Stop
 * signals the condition of those who wait for room, and the writer waits on the other. */
// pattern: notify missed

#include "oracle.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

#define QUEUE_LEN 4
#define MSG_LEN   64

static struct {
    char text[QUEUE_LEN][MSG_LEN];
    int  n;
} queue;

static pthread_mutex_t queue_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  queue_room  = PTHREAD_COND_INITIALIZER;
static pthread_cond_t  queue_data  = PTHREAD_COND_INITIALIZER;
static pthread_t       writer_thread;
static int             running;
static long            written;

static void write_out(const char *text)
{
    written += (long)strlen(text) + 1;
}

static void *writer(void *unused)
{
    oracle_begin();
    (void)unused;
    pthread_mutex_lock(&queue_mutex);
    while (running || queue.n > 0) {
        if (queue.n == 0) {
            pthread_cond_wait(&queue_data, &queue_mutex);  // stuck: unwoken-wait
            continue;
        }
        write_out(queue.text[--queue.n]);
        pthread_cond_signal(&queue_room);
    }
    pthread_mutex_unlock(&queue_mutex);
    oracle_end();
    return NULL;
}

int log_start(void)
{
    running = 1;
    return pthread_create(&writer_thread, NULL, writer, NULL);
}

void log_message(const char *text)
{
    pthread_mutex_lock(&queue_mutex);
    while (running && queue.n == QUEUE_LEN)
        pthread_cond_wait(&queue_room, &queue_mutex);
    if (running) {
        strncpy(queue.text[queue.n], text, MSG_LEN - 1);
        queue.n++;
        pthread_cond_signal(&queue_data);
    }
    pthread_mutex_unlock(&queue_mutex);
}

void log_stop(void)
{
    pthread_mutex_lock(&queue_mutex);
    running = 0;
#ifdef LEAKING
    pthread_cond_broadcast(&queue_room);  // cause
#else
    pthread_cond_broadcast(&queue_room);
    pthread_cond_broadcast(&queue_data);
#endif
    pthread_mutex_unlock(&queue_mutex);
    pthread_join(writer_thread, NULL);
}

static int run_daemon(void)
{
    if (log_start() != 0)
        return -1;
    log_message("daemon: started");
    oracle_window();  /* The message is written. */
    log_stop();
    return 0;
}

int main(void)
{
    oracle_watch();
    run_daemon();
    return oracle_verdict();
}
