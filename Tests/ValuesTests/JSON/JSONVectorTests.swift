import TestSupport
import Testing
import Values

@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct JSONVectorTests {
  /// What we do where the standard leaves the choice.
  private static let choices: [String: Bool] = [
    "i_number_double_huge_neg_exp.json": true,
    "i_number_neg_int_huge_exp.json": true,
    "i_number_real_neg_overflow.json": true,
    "i_number_real_pos_overflow.json": true,
    "i_number_real_underflow.json": true,
    "i_number_very_big_negative_int.json": true,
    "i_object_key_lone_2nd_surrogate.json": true,
    "i_string_UTF8_surrogate_U+D800.json": false,
    "i_string_incomplete_surrogate_pair.json": true,
    "i_string_incomplete_surrogates_escape_valid.json": true,
    "i_string_invalid_surrogate.json": true,
    "i_string_inverted_surrogates_U+1D11E.json": true,
    "i_string_lone_utf8_continuation_byte.json": false,
    "i_string_not_in_unicode_range.json": false,
    "i_string_overlong_sequence_2_bytes.json": false,
    "i_string_utf16BE_no_BOM.json": false,
    "i_structure_500_nested_arrays.json": true,
    "i_structure_UTF-8_BOM_empty_object.json": false,
  ]

  @Test(arguments: SharedData.names(in: "vectors/json"))
  func `a document is taken or refused as the vectors say`(name: String) throws {
    let bytes = try SharedData.bytes("vectors/json/\(name)")
    let isTaken = (try? JSON.parse(bytes)) != nil
    switch name.prefix(2) {
    case "y_": #expect(isTaken)
    case "n_": #expect(!isTaken)
    default: #expect(isTaken == Self.choices[name])
    }
  }

  @Test(arguments: SharedData.names(in: "vectors/json").filter { $0.hasPrefix("y_") })
  func `what is taken reads back from every form`(name: String) throws {
    let value = try JSON.parse(SharedData.bytes("vectors/json/\(name)"))
    #expect(try JSON.parse(JSON.serialize(value)) == value)
    #expect(try JSON.parse(CanonicalJSON.serialize(value)) == value)
    #expect(try RecordedValue.decode(RecordedValue.encode(value)) == value)
  }
}
