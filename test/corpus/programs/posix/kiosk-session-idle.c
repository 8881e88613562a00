// A session of a ticket kiosk, which is to end when nobody has touched the screen for a
// while. The timeout of the poll begins anew in each turn, and nothing counts the turns.
// pattern: timer re-armed each turn

#include "oracle.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IDLE_POLL_MS 10
#define IDLE_TURNS 3

typedef struct {
    int touches;       /* Where the touch screen writes to. */
    unsigned tickets;
} Session;

static void handle_touch(Session *session)
{
    char key;

    if (read(session->touches, &key, 1) == 1 && key == 't')
        session->tickets++;
}

static void *session_main(void *data)
{
    Session *session = data;
    int idle = 0;

    oracle_begin();
    for (;;) {
        struct pollfd screen = {.fd = session->touches, .events = POLLIN};
        int ready = poll(&screen, 1, IDLE_POLL_MS); // stuck: select-without-cancel
        if (ready < 0)
            break;
        if (ready == 0) {
#ifndef LEAKING
            if (++idle == IDLE_TURNS)
                break;
#endif
            continue; // cause
        }
        idle = 0;
        handle_touch(session);
    }
    oracle_end();
    return NULL;
}

static unsigned serve_customer(void)
{
    int screen[2];
    Session session = {.tickets = 0};
    pthread_t thread;

    if (pipe(screen) != 0)
        return 0;
    session.touches = screen[0];
    if (pthread_create(&thread, NULL, session_main, &session) != 0)
        abort();
    (void)write(screen[1], "tt", 2); /* Two tickets, and the customer leaves. */
    pthread_join(thread, NULL);
    close(screen[0]);
    close(screen[1]);
    return session.tickets;
}

int main(void)
{
    oracle_watch();
    serve_customer();
    return oracle_verdict();
}
