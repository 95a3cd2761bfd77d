#include "csimdjson.h"

#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

// The inline functions of the header read simdjson's tape, whose layout is documented but is not
// part of its promise: whoever builds against another major version has to read it again.
static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3, "check the tape's layout");
static_assert(CSJ_PADDING >= simdjson::SIMDJSON_PADDING, "the padding has grown");

struct csj_parser {
  explicit csj_parser(size_t depth) : maximum_depth(depth) {}

  simdjson::dom::parser parser;
  size_t maximum_depth;
  std::unique_ptr<uint8_t[]> buffer;
  size_t buffer_capacity = 0;

  /// A copy of the bytes with padding behind them, or null when there is no memory.
  const uint8_t *padded(const uint8_t *bytes, size_t count) {
    size_t needed = count + CSJ_PADDING;
    if (buffer_capacity < needed) {
      size_t grown = needed + needed / 2;
      buffer.reset(new (std::nothrow) uint8_t[grown]);
      buffer_capacity = buffer ? grown : 0;
      if (!buffer) return nullptr;
    }
    if (count > 0) std::memcpy(buffer.get(), bytes, count);
    std::memset(buffer.get() + count, 0, CSJ_PADDING);
    return buffer.get();
  }

  /// Makes room for a document, with some to spare, keeping the depth limit.
  simdjson::error_code reserve(size_t count) {
    bool parser_fits = parser.capacity() >= count && parser.max_depth() == maximum_depth;
    bool document_fits = parser.doc.capacity() >= count;
    if (parser_fits && document_fits) return simdjson::SUCCESS;
    size_t grown = count < 4096 ? 4096 : count + count / 2;
    if (grown > parser.max_capacity()) grown = parser.max_capacity();
    if (!document_fits) {
      simdjson::error_code error = parser.doc.allocate(grown);
      if (error) return error;
    }
    return parser_fits ? simdjson::SUCCESS : parser.allocate(grown, maximum_depth);
  }
};

static csj_status status_of(simdjson::error_code error) {
  switch (error) {
  case simdjson::SUCCESS:
    return CSJ_OK;
  case simdjson::DEPTH_ERROR:
    return CSJ_TOO_DEEP;
  case simdjson::UTF8_ERROR:
    return CSJ_NOT_UTF8;
  case simdjson::CAPACITY:
    return CSJ_TOO_LARGE;
  case simdjson::MEMALLOC:
    return CSJ_NO_MEMORY;
  default:
    return CSJ_REFUSED;
  }
}

csj_parser *csj_parser_create(size_t maximum_depth) {
  return new (std::nothrow) csj_parser(maximum_depth);
}

namespace {

/// The places of a document's brackets, colons, commas and beginnings of strings and other values, which
/// simdjson's first stage leaves behind.
struct places {
  const uint8_t *bytes;
  const uint32_t *index;
  size_t count;

  uint8_t at(size_t place) const { return place < count ? bytes[index[place]] : 0; }

  /// The place behind the value that begins at one.
  size_t after(size_t place) const {
    size_t depth = 0;
    do {
      uint8_t byte = at(place);
      if (byte == 0) return count;
      if (byte == '{' || byte == '[') depth++;
      if (byte == '}' || byte == ']') depth--;
      place++;
    } while (depth > 0);
    return place;
  }

  /// The place of a member's value, or `count` where there is none or that cannot be told.
  size_t member(size_t object, const char *name) const {
    size_t length = std::strlen(name), found = count;
    if (at(object) != '{') return count;
    for (size_t place = object + 1; at(place) == '"';) {
      if (at(place + 1) != ':') return count;
      const uint8_t *key = bytes + index[place] + 1;
      size_t room = index[place + 1] - index[place] - 1;
      if (std::memchr(key, '\\', room)) return count;
      if (room > length && std::memcmp(key, name, length) == 0 && key[length] == '"') {
        found = place + 2;
      }
      place = after(place + 2);
      if (at(place) != ',') break;
      place++;
    }
    return found;
  }
};

} // namespace

ptrdiff_t csj_items(
    const csj_parser *parser, const uint8_t *bytes, const char *outer, const char *inner,
    size_t *bounds, size_t capacity) {
  const auto &implementation = parser->parser.implementation;
  if (!implementation) return -1;
  places document = {
      bytes, implementation->structural_indexes.get(), implementation->n_structural_indexes};
  size_t place = document.member(document.member(0, outer), inner);
  if (document.at(place) != '[') return -1;
  place++;
  if (document.at(place) == ']') return 0;
  for (size_t item = 0; item < capacity; item++) {
    uint8_t first = document.at(place);
    if (first != '{' && first != '[') return -1;
    bounds[2 * item] = document.index[place];
    place = document.after(place);
    bounds[2 * item + 1] = document.index[place - 1] + 1;
    if (document.at(place) == ']') return static_cast<ptrdiff_t>(item + 1);
    if (document.at(place) != ',') return -1;
    place++;
  }
  return -1;
}

bool csj_contains(const void *bytes, size_t count, const void *part, size_t part_count) {
  return memmem(bytes, count, part, part_count) != nullptr;
}

void csj_parser_destroy(csj_parser *parser) { delete parser; }

csj_status csj_parse(
    csj_parser *parser, const uint8_t *bytes, size_t count, size_t capacity, csj_element *root) {
  if (count > parser->parser.max_capacity()) return CSJ_TOO_LARGE;
  const uint8_t *source = bytes;
  if (capacity < count || capacity - count < CSJ_PADDING) {
    source = parser->padded(bytes, count);
    if (!source) return CSJ_NO_MEMORY;
  }
  simdjson::error_code error = parser->reserve(count);
  if (error) return status_of(error);

  simdjson::dom::element element;
  error = parser->parser.parse(reinterpret_cast<const char *>(source), count, false).get(element);
  if (error) return status_of(error);

  root->tape = parser->parser.doc.tape.get();
  root->strings = parser->parser.doc.string_buf.get();
  root->index = 1;
  return CSJ_OK;
}
