// Does not compile.
#include "broken.h"
int late = undeclared;
