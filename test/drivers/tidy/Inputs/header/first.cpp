// One of two units that see the header.
#include "worker.h"
