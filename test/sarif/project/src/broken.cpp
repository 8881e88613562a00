// Does not compile; the others are judged all the same.

int broken() { return undeclared; }
