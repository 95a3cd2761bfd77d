// JavaScript's texts are UTF-16 units, and so are the patterns and subjects here.
#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>
