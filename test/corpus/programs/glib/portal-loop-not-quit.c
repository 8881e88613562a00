// A service thread runs a main loop of its own. Closing the service quits the loop, unless
// the session was never opened: then it only waits for the thread.
// pattern: started object never stopped

#include "oracle.h"

#include <glib.h>

typedef struct {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *session;
} Portal;

static gpointer portal_run(gpointer data) {
  Portal *portal = data;

  oracle_begin();
  g_main_context_push_thread_default(portal->context);
  g_main_loop_run(portal->loop); // stuck: unwoken-wait
  g_main_context_pop_thread_default(portal->context);
  oracle_end();
  return NULL;
}

static Portal *portal_new(void) {
  Portal *portal = g_new0(Portal, 1);
  portal->context = g_main_context_new();
  portal->loop = g_main_loop_new(portal->context, FALSE);
  portal->thread = g_thread_new("portal", portal_run, portal);
  return portal;
}

static gboolean portal_open(Portal *portal, const char *session) {
  if (portal->session != NULL)
    return FALSE;
  portal->session = g_strdup(session);
  return TRUE;
}

static gboolean quit(gpointer loop) {
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

// In the loop's own thread, whether it runs already or not.
static void portal_quit(Portal *portal) {
  GSource *source = g_idle_source_new();
  g_source_set_callback(source, quit, portal->loop, NULL);
  g_source_attach(source, portal->context);
  g_source_unref(source);
}

static void portal_close(Portal *portal) {
#ifdef LEAKING
  if (portal->session != NULL) // cause
    portal_quit(portal);
#else
  portal_quit(portal);
#endif
  g_thread_join(portal->thread); // cause
  g_main_loop_unref(portal->loop);
  g_main_context_unref(portal->context);
  g_free(portal->session);
  g_free(portal);
}

static void take_screenshot(const char *target) {
  Portal *portal = portal_new();
  if (target != NULL)
    portal_open(portal, target);
  portal_close(portal);
}

int main(void) {
  oracle_watch();
  take_screenshot(NULL);
  return oracle_verdict();
}
