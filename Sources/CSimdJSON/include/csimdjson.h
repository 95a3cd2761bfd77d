#ifndef CSIMDJSON_H
#define CSIMDJSON_H
int csj_placeholder(void);
#endif
