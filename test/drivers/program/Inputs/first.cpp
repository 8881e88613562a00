#include "gate.h"
void first() { passClosedGate(); }
