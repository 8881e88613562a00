// One of two units that call what the header has.
#include "worker.h"

void second() { workBad(); }
