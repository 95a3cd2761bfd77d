// The trainer with given parameters is in every libzstd, but declared only on request.
#define ZDICT_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zdict.h>
