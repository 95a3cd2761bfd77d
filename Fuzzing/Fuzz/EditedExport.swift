internal import Foundation
internal import Values

/// An export of the fixtures with parts exchanged, as the fuzzer's bytes decide.
enum EditedExport {
  /// What stands in place of a part.
  private static let values: [Value] = [
    .null, true, false, 0, -1, 1, 1e308, -0.5, .number(.nan), "", "0", "x", "{{{a}}}", "[",
    "{\"a\":1}",
    "2026-02-30T25:61:61Z", "(a+)+$", "\u{0}", "root:kernel:list:0.0.1:each", "list", "object",
    "string",
    [], [:], [[]], ["": ""], ["data": .null], ["type": "string", "collection": true],
  ]

  private static let exports: [Value] = {
    let folder = ProcessInfo.processInfo.environment["FUZZ_FLOWS"] ?? "fixtures/flows"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let exports: [Value] = names.sorted().compactMap { name in
      FileManager.default.contents(atPath: folder + "/" + name).flatMap {
        try? JSON.parse(Array($0))
      }
    }
    // Without them three inputs of four would do nothing.
    precondition(
      !exports.isEmpty,
      "There are no exports in \(folder); name a folder with FUZZ_FLOWS."
    )
    return exports
  }()

  /// An export with up to six edits.
  static func make(_ choices: inout Choices) -> Value {
    var export = exports[choices.below(exports.count)]
    for _ in 0..<(1 + choices.below(6)) where !choices.isEmpty { edit(&export, &choices, depth: 0) }
    return export
  }

  private static func edit(_ value: inout Value, _ choices: inout Choices, depth: Int) {
    // Below the flows a quarter of the ways end at each level.
    let goesOn = depth < 6 || !choices.next().isMultiple(of: 4)
    switch value {
    case .object(var object) where goesOn && !object.isEmpty:
      let place = choices.below(object.count)
      let (key, member) = object[place]
      switch depth < 5 ? 0 : choices.below(12) {
      case 0...8:
        var member = member
        edit(&member, &choices, depth: depth + 1)
        object[key] = member
      case 9: object[key] = nil
      case 10: object[object[choices.below(object.count)].key] = member
      default: object[Text("key-\(choices.next())")] = member
      }
      value = .object(object)
    case .list(var items) where goesOn && !items.isEmpty:
      let place = choices.below(items.count)
      switch choices.below(8) {
      case 0...4: edit(&items[place], &choices, depth: depth + 1)
      case 5: items.remove(at: place)
      case 6: items.append(items[place])
      default: items.swapAt(place, choices.below(items.count))
      }
      value = .list(items)
    case .text(let text) where choices.next().isMultiple(of: 2):
      value = .text(edited(text, &choices))
    default: value = values[choices.below(values.count)]
    }
  }

  private static func edited(_ text: Text, _ choices: inout Choices) -> Text {
    var bytes = text.bytes
    for _ in 0..<(1 + choices.below(3)) {
      let place = choices.below(bytes.count + 1)
      if choices.next().isMultiple(of: 2), place < bytes.count {
        bytes.remove(at: place)
      } else {
        bytes.insert(32 + choices.next() % 95, at: place)
      }
    }
    return Text(String(decoding: bytes, as: UTF8.self))
  }
}
