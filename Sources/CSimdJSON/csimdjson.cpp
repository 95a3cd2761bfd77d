#include "csimdjson.h"
int csj_placeholder(void) { return 0; }
