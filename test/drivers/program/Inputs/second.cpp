#include "gate.h"
void second() { passClosedGate(); }
