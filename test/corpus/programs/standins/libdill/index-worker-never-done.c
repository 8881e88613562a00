// Workers index files from a channel until it is done. The producer sends the last file and
// waits for the workers, without saying that it was the last one.
// pattern: range over a channel never closed

#include "oracle.h"

#include <libdill.h>

struct file {
  int id;
  size_t bytes;
};

static coroutine void indexer(int files, size_t *indexed) {
  struct file f;
  oracle_begin();
  while (chrecv(files, &f, sizeof f, -1) == 0) // stuck: blocking-receive
    *indexed += f.bytes;
  oracle_end();
}

static size_t index_all(const struct file *all, int count) {
  size_t indexed = 0;
  int ch[2];
  int workers = bundle();

  if (workers < 0 || chmake(ch) != 0)
    return 0;
  for (int i = 0; i < 2; i++)
    bundle_go(workers, indexer(ch[0], &indexed));
  for (int i = 0; i < count; i++)
    chsend(ch[1], &all[i], sizeof all[i], -1);
#ifndef LEAKING
  chdone(ch[1]);
#endif
  bundle_wait(workers, -1); // cause
  hclose(workers);
  hclose(ch[0]);
  hclose(ch[1]);
  return indexed;
}

static void index_home(void) {
  static const struct file home[] = {{1, 4096}, {2, 17}, {3, 250}};
  index_all(home, 3);
}

int main(void) {
  oracle_watch();
  index_home();
  return oracle_verdict();
}
