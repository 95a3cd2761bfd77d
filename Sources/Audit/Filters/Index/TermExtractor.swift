internal import CSimdJSON

/// Takes the index terms out of an event in one walk.
///
/// It looks names up exactly as filters do, goes through every item of an array as filters do,
/// and folds values as filters do: a filter `field eq "value"` that an event meets always finds a
/// term of that event, whenever `Filter.indexable` names one.
struct TermExtractor: Sendable {
  private let tree = FieldTree(IndexedField.allCases)

  /// Appends an event's terms; a value that a field has twice is appended once.
  func extract(from event: JSONElement, into terms: inout TermBuffer) {
    withExtendedLifetime(tree) { walk(tree.root, event, &terms) }
  }

  private func walk(
    _ node: UnsafePointer<FieldTree.Node>,
    _ element: JSONElement,
    _ terms: inout TermBuffer
  ) {
    switch element.kind {
    case .array:
      for item in element.items { walk(node, item, &terms) }
    case .object:
      withUnsafeTemporaryAllocation(of: Int.self, capacity: node.pointee.count) { found in
        let names = node.pointee
        csj_find_all(element.raw, names.names, names.starts, found.baseAddress)
        for child in found.indices where found[child] != 0 {
          let value = JSONElement(csj_at(element.raw, found[child]))
          visit(node.pointee.children + child, value, &terms)
        }
      }
    default: break
    }
  }

  private func visit(
    _ node: UnsafePointer<FieldTree.Node>,
    _ element: JSONElement,
    _ terms: inout TermBuffer
  ) {
    if let field = node.pointee.field { terms.append(valuesOf: element, as: field) }
    if node.pointee.count > 0 { walk(node, element, &terms) }
  }
}
