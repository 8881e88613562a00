// Does not compile.
// expected-no-diagnostics
int broken = missing;
