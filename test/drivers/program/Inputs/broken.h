inline unknown_type early() { return 1; }
