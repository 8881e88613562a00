// A library's header: it spells more than its users call.
#include <pthread.h>

struct queue {
  pthread_mutex_t lock;
  pthread_cond_t filled;
  int size;
};

static inline void queue_lock(struct queue *q) {
#ifdef USE_QUEUE
  pthread_mutex_lock(&q->lock);
#endif
}
