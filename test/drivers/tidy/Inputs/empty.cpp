// Nothing to find.
int nothing;
