// Checks the paragraphs of a document in a GThreadPool and waits until the last one is done. A
// paragraph in an unknown language is skipped, without being counted off.
// pattern: done missed on an early return

#include "oracle.h"

#include <glib.h>

typedef struct {
  GMutex lock;
  GCond all_done;
  int pending;
  int mistakes;
} Document;

typedef struct {
  const char *language;
  const char *text;
} Paragraph;

static int count_mistakes(const char *text) { return text[0] == 't' ? 1 : 0; }

static void paragraph_done(Document *doc, int mistakes) {
  g_mutex_lock(&doc->lock);
  doc->mistakes += mistakes;
  if (--doc->pending == 0)
    g_cond_signal(&doc->all_done);
  g_mutex_unlock(&doc->lock);
}

static void check_paragraph(gpointer data, gpointer user_data) {
  Paragraph *paragraph = data;
  Document *doc = user_data;

  oracle_begin();
  if (paragraph->language == NULL) {
    g_debug("unknown language, skipping: %s", paragraph->text);
#ifndef LEAKING
    paragraph_done(doc, 0);
#endif
    oracle_end();
    return; // cause
  }
  paragraph_done(doc, count_mistakes(paragraph->text));
  oracle_end();
}

static int check_document(Paragraph *paragraphs, int count) {
  Document doc = {.pending = count};
  GThreadPool *pool;

  oracle_begin();
  g_mutex_init(&doc.lock);
  g_cond_init(&doc.all_done);
  pool = g_thread_pool_new(check_paragraph, &doc, 2, FALSE, NULL);
  for (int i = 0; i < count; i++)
    g_thread_pool_push(pool, &paragraphs[i], NULL);

  g_mutex_lock(&doc.lock);
  while (doc.pending > 0)
    g_cond_wait(&doc.all_done, &doc.lock); // stuck: unwoken-wait
  g_mutex_unlock(&doc.lock);

  g_thread_pool_free(pool, FALSE, TRUE);
  g_cond_clear(&doc.all_done);
  g_mutex_clear(&doc.lock);
  oracle_end();
  return doc.mistakes;
}

static void proofread(void) {
  Paragraph letter[] = {{"en", "teh cat sat"}, {NULL, "Lorem ipsum"}};
  check_document(letter, 2);
}

int main(void) {
  oracle_watch();
  proofread();
  return oracle_verdict();
}
