#include "spelled.h"

#include <stdio.h>

void report(struct queue *q) {
  queue_lock(q);
  printf("%d\n", q->size);
}
