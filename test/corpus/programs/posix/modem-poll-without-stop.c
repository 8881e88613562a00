// The driver of a modem polls its data line and its control line without a timeout. It is
// stopped by a flag that it looks at between two polls; both lines are silent by then.
// pattern: select without cancel

#include "oracle.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

typedef struct modem {
    int data[2];
    int control[2];
#ifndef LEAKING
    int stop[2];
#endif
    atomic_bool stopping;
    unsigned bytes;
    pthread_t driver;
} modem_t;

static void take(modem_t *m, int fd)
{
    char buffer[64];
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n > 0)
        m->bytes += (unsigned)n;
}

static void *modem_driver(void *arg)
{
    modem_t *m = arg;

    oracle_begin();
    while (!atomic_load(&m->stopping)) {
        struct pollfd lines[] = {
            {.fd = m->data[0], .events = POLLIN},
            {.fd = m->control[0], .events = POLLIN},
#ifndef LEAKING
            {.fd = m->stop[0], .events = POLLIN},
#endif
        };
        if (poll(lines, sizeof lines / sizeof lines[0], -1) < 0) // stuck: select-without-cancel
            break;
        if (lines[0].revents & POLLIN)
            take(m, m->data[0]);
        if (lines[1].revents & POLLIN)
            take(m, m->control[0]);
    }
    oracle_end();
    return NULL;
}

static int modem_open(modem_t *m)
{
    if (pipe(m->data) != 0 || pipe(m->control) != 0)
        return -1;
#ifndef LEAKING
    if (pipe(m->stop) != 0)
        return -1;
#endif
    return pthread_create(&m->driver, NULL, modem_driver, m);
}

static void modem_close(modem_t *m)
{
    atomic_store(&m->stopping, 1); // cause
#ifndef LEAKING
    (void)write(m->stop[1], "x", 1);
#endif
    pthread_join(m->driver, NULL);
}

static void dial(void)
{
    modem_t modem = {.bytes = 0};

    if (modem_open(&modem) != 0)
        return;
    (void)write(modem.control[1], "ATDT", 4);
    oracle_window(); // The driver polls again.
    modem_close(&modem);
}

int main(void)
{
    oracle_watch();
    dial();
    return oracle_verdict();
}
