#ifndef CSIMDJSON_H
#define CSIMDJSON_H

// A C face of simdjson's DOM parser.
//
// The parser is opaque and lives in csimdjson.cpp. A parsed document is simdjson's "tape": words
// whose top byte is the type of a value and whose other 56 bits are its payload, and a string
// buffer the tape points into. Walking the tape is a matter of a few loads, so it is done here,
// inline; nothing is copied. An element is valid until its parser parses again or is destroyed.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The bytes simdjson may read beyond the end of a document.
#define CSJ_PADDING 64

/// Why a document was refused.
typedef enum csj_status {
  CSJ_OK = 0,
  /// Not JSON, or JSON that simdjson does not represent.
  CSJ_REFUSED = 1,
  /// Nested deeper than the parser's limit.
  CSJ_TOO_DEEP = 2,
  /// Bytes that are not UTF-8.
  CSJ_NOT_UTF8 = 3,
  /// A document larger than simdjson's limit.
  CSJ_TOO_LARGE = 4,
  /// No memory.
  CSJ_NO_MEMORY = 5,
} csj_status;

typedef struct csj_parser csj_parser;

/// A value of a parsed document.
typedef struct csj_element {
  const uint64_t *tape;
  const uint8_t *strings;
  size_t index;
} csj_element;

/// UTF-8 that belongs to a parsed document; it may hold NUL.
typedef struct csj_bytes {
  const uint8_t *start;
  size_t count;
} csj_bytes;

/// A parser, or NULL when there is no memory.
csj_parser *csj_parser_create(size_t maximum_depth);
void csj_parser_destroy(csj_parser *parser);

/// Parses `count` bytes of an allocation of at least `capacity` bytes.
///
/// When `capacity` leaves less than CSJ_PADDING bytes, the bytes are copied into a buffer that the
/// parser owns and keeps for the next time.
csj_status csj_parse(
    csj_parser *parser, const uint8_t *bytes, size_t count, size_t capacity, csj_element *root);

/// Where the items of an array stand among the bytes of the document that was parsed last: that of the
/// member `inner` of the object that is the document's member `outer`, of repeated names the last.
///
/// Of each item `bounds` gets its first offset and the one behind it. Returns how many items there are,
/// or -1 where `bounds`, which has room for `capacity` items, is too short, or where it takes more than
/// the parser's index to tell: escapes in names, items that are no objects or arrays.
ptrdiff_t csj_items(
    const csj_parser *parser, const uint8_t *bytes, const char *outer, const char *inner,
    size_t *bounds, size_t capacity);

/// Whether the bytes hold the part anywhere.
bool csj_contains(const void *bytes, size_t count, const void *part, size_t part_count);

/// The type of a value: one of `{ [ " l u d t f n`.
static inline uint8_t csj_type(csj_element element) {
  return (uint8_t)(element.tape[element.index] >> 56);
}

static inline uint64_t csj_payload(csj_element element) {
  return element.tape[element.index] & 0x00FFFFFFFFFFFFFFull;
}

/// The index behind the value at `index`.
static inline size_t csj_after(const uint64_t *tape, size_t index) {
  switch ((uint8_t)(tape[index] >> 56)) {
  case '{':
  case '[':
    return (size_t)(uint32_t)tape[index];
  case 'l':
  case 'u':
  case 'd':
    return index + 2;
  default:
    return index + 1;
  }
}

/// The bytes of a string value.
static inline csj_bytes csj_string(csj_element element) {
  const uint8_t *start = element.strings + csj_payload(element);
  uint32_t count;
  memcpy(&count, start, sizeof(count));
  csj_bytes bytes = {start + sizeof(count), count};
  return bytes;
}

/// The number behind an `l`.
static inline int64_t csj_int64(csj_element element) {
  return (int64_t)element.tape[element.index + 1];
}

/// The number behind a `u`.
static inline uint64_t csj_uint64(csj_element element) { return element.tape[element.index + 1]; }

/// The number behind a `d`.
static inline double csj_double(csj_element element) {
  double number;
  memcpy(&number, &element.tape[element.index + 1], sizeof(number));
  return number;
}

/// How many members or items a container has, as far as 24 bits count.
static inline size_t csj_count(csj_element element) {
  return (size_t)((element.tape[element.index] >> 32) & 0xFFFFFF);
}

/// The first index inside a container.
static inline size_t csj_first(csj_element element) { return element.index + 1; }

/// The index of a container's closing word.
static inline size_t csj_end(csj_element element) {
  return (size_t)(uint32_t)element.tape[element.index] - 1;
}

static inline csj_element csj_at(csj_element element, size_t index) {
  csj_element other = {element.tape, element.strings, index};
  return other;
}

static inline uint8_t csj_lower(uint8_t byte) {
  return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

/// Whether `count` bytes are the same. Names are short: a call of memcmp takes longer than this does.
static inline bool csj_equal(const uint8_t *one, const uint8_t *other, size_t count) {
  if (count < 8) {
    for (size_t i = 0; i < count; i++) {
      if (one[i] != other[i]) return false;
    }
    return true;
  }
  uint64_t left, right;
  for (size_t i = 0; i + 8 < count; i += 8) {
    memcpy(&left, one + i, sizeof(left));
    memcpy(&right, other + i, sizeof(right));
    if (left != right) return false;
  }
  memcpy(&left, one + count - 8, sizeof(left));
  memcpy(&right, other + count - 8, sizeof(right));
  return left == right;
}

/// Whether two names are the same.
static inline bool csj_same(csj_bytes one, csj_bytes other) {
  return one.count == other.count && csj_equal(one.start, other.start, one.count);
}

/// Whether a member's name equals `loose` (lower case, no underscores) when ASCII case and
/// underscores are ignored.
static inline bool csj_loosely_equal(csj_bytes name, csj_bytes loose) {
  if (name.count < loose.count) return false;
  size_t matched = 0;
  for (size_t i = 0; i < name.count; i++) {
    uint8_t byte = name.start[i];
    if (byte == '_') continue;
    if (matched == loose.count || csj_lower(byte) != loose.start[matched]) return false;
    matched++;
  }
  return matched == loose.count;
}

/// A name to look for: as written, and in the loose form.
typedef struct csj_name {
  csj_bytes exact;
  csj_bytes loose;
} csj_name;

/// Finds a member of an object; of several with the same name, the last.
///
/// A member with the exact name wins over one that is only loosely equal. `found` is 0 (and then
/// meaningless as an index) when there is none.
static inline size_t csj_find(csj_element object, csj_name name) {
  size_t exact = 0, loose = 0;
  size_t end = csj_end(object);
  for (size_t i = csj_first(object); i < end;) {
    csj_bytes key = csj_string(csj_at(object, i));
    size_t value = i + 1;
    if (csj_same(key, name.exact)) {
      exact = value;
    } else if (csj_loosely_equal(key, name.loose)) {
      loose = value;
    }
    i = csj_after(object.tape, value);
  }
  return exact ? exact : loose;
}

/// Finds a member of an object by its exact name; of several, the last.
static inline size_t csj_find_exact(csj_element object, csj_bytes name) {
  size_t found = 0;
  size_t end = csj_end(object);
  for (size_t i = csj_first(object); i < end;) {
    csj_bytes key = csj_string(csj_at(object, i));
    size_t value = i + 1;
    if (csj_same(key, name)) found = value;
    i = csj_after(object.tape, value);
  }
  return found;
}

/// Finds several members of an object in one pass, each as csj_find_exact does.
///
/// `found` gets an index, or 0, for each name.
static inline void csj_find_all_exact(
    csj_element object, const csj_bytes *names, size_t count, size_t *found) {
  for (size_t n = 0; n < count; n++) found[n] = 0;
  size_t end = csj_end(object);
  for (size_t i = csj_first(object); i < end;) {
    csj_bytes key = csj_string(csj_at(object, i));
    size_t value = i + 1;
    for (size_t n = 0; n < count; n++) {
      if (csj_same(key, names[n])) found[n] = value;
    }
    i = csj_after(object.tape, value);
  }
}

/// How many heaps names are put in by their first letter, large or small.
#define CSJ_INITIALS 32

/// The heap of names with this first letter.
static inline uint8_t csj_initial(uint8_t letter) { return letter & (CSJ_INITIALS - 1); }

/// Finds several members of an object in one pass, each as csj_find does.
///
/// The names are in the order of the heaps of their first loose letters, which each of them must have; `starts`
/// says where each heap begins among them, and where the last ends. `found` gets an index, or 0, for each name.
static inline void csj_find_all(
    csj_element object, const csj_name *names, const uint8_t *starts, size_t *found) {
  size_t count = starts[CSJ_INITIALS];
  // The lowest bit tells a loose find from an exact one until the end.
  for (size_t n = 0; n < count; n++) found[n] = 0;
  size_t end = csj_end(object);
  for (size_t i = csj_first(object); i < end;) {
    csj_bytes key = csj_string(csj_at(object, i));
    size_t value = i + 1;
    uint8_t first = key.count > 0 ? key.start[0] : 0;
    // Underscores do not count, so that the letter behind one may be any.
    size_t n = first == '_' ? 0 : starts[csj_initial(first)];
    size_t behind = first == '_' ? count : starts[csj_initial(first) + 1];
    for (; n < behind; n++) {
      csj_name name = names[n];
      if (csj_same(key, name.exact)) {
        found[n] = value << 1;
      } else if ((found[n] == 0 || (found[n] & 1)) && csj_loosely_equal(key, name.loose)) {
        found[n] = value << 1 | 1;
      }
    }
    i = csj_after(object.tape, value);
  }
  for (size_t n = 0; n < count; n++) found[n] >>= 1;
}

#ifdef __cplusplus
}
#endif

#endif
