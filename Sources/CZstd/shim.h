// The trainer with given parameters, and dictionaries that are lent, are in every libzstd, but declared
// only on request.
#define ZDICT_STATIC_LINKING_ONLY
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zdict.h>

/// Whether literals are compressed: 1 for always. The name is a macro for a number that is never given away again.
static const ZSTD_cParameter auditcli_literal_compression = ZSTD_c_literalCompressionMode;
