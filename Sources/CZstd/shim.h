// The trainer with given parameters, and dictionaries that are lent, are in every libzstd, but declared
// only on request.
#define ZDICT_STATIC_LINKING_ONLY
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zdict.h>
