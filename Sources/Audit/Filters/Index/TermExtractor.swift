internal import CSimdJSON

/// Takes the index terms out of an event in one walk.
///
/// It looks names up exactly as filters do, goes through every item of an array as filters do,
/// and folds values as filters do: a filter `field eq "value"` that an event meets always finds a
/// term of that event, whenever `Filter.indexable` names one.
struct TermExtractor: Sendable {
  private let root = FieldTree(IndexedField.allCases)

  /// Appends an event's terms; a value that a field has twice is appended once.
  func extract(from event: JSONElement, into terms: inout TermBuffer) {
    walk(root, event, &terms)
  }

  private func walk(_ node: FieldTree, _ element: JSONElement, _ terms: inout TermBuffer) {
    switch element.kind {
    case .array:
      for item in element.items { walk(node, item, &terms) }
    case .object:
      withUnsafeTemporaryAllocation(of: Int.self, capacity: node.children.count) { found in
        csj_find_all(element.raw, node.names, node.children.count, found.baseAddress)
        for (child, index) in zip(node.children, found) where index != 0 {
          visit(child, JSONElement(csj_at(element.raw, index)), &terms)
        }
      }
    default: break
    }
  }

  private func visit(_ node: FieldTree, _ element: JSONElement, _ terms: inout TermBuffer) {
    if let field = node.field { terms.append(valuesOf: element, as: field) }
    if !node.children.isEmpty { walk(node, element, &terms) }
  }
}

/// The paths of the indexed fields, as a tree of names.
private final class FieldTree {
  let field: IndexedField?
  let children: [FieldTree]
  private let childNames: [JSONName]
  /// The children's names, in order.
  let names: UnsafeMutablePointer<csj_name>

  convenience init(_ fields: [IndexedField]) {
    self.init(fields.map { ($0, $0.path.utf8.split(separator: UInt8(ascii: ".")).map(Array.init)) })
  }

  private init(_ paths: [(IndexedField, [[UInt8]])]) {
    field = paths.first { $0.1.isEmpty }?.0
    var order: [[UInt8]] = []
    for (_, path) in paths {
      if let first = path.first, !order.contains(first) { order.append(first) }
    }
    childNames = order.map(JSONName.init)
    children = order.map { name in
      FieldTree(paths.filter { $0.1.first == name }.map { ($0.0, Array($0.1.dropFirst())) })
    }
    names = .allocate(capacity: max(1, childNames.count))
    names.initialize(from: childNames.map(\.raw), count: childNames.count)
  }

  deinit { names.deallocate() }
}

// The tree is written in `init` and only read afterwards.
extension FieldTree: @unchecked Sendable {}
