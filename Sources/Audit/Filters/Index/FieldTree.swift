internal import CSimdJSON

/// The paths of the indexed fields, as a tree of names.
///
/// Its nodes are plain memory: every event is walked along them, and counts no references.
final class FieldTree {
  /// One name of a path, below its parent.
  struct Node {
    /// The field whose path ends here.
    let field: IndexedField?
    /// The children and their names, in the same order.
    let children: UnsafePointer<Node>
    let names: UnsafePointer<csj_name>
    let count: Int
  }

  private typealias Path = (field: IndexedField, names: ArraySlice<[UInt8]>)

  private let top: UnsafeMutablePointer<Node>
  /// What the nodes' names point into.
  private var owned: [JSONName] = []

  /// The node above the first names.
  var root: UnsafePointer<Node> { UnsafePointer(top) }

  /// The tree of the fields' paths.
  init(_ fields: [IndexedField]) {
    top = .allocate(capacity: 1)
    let paths = fields.map { field in
      (field, field.path.utf8.split(separator: UInt8(ascii: ".")).map(Array.init)[...])
    }
    top.initialize(to: node(of: paths))
  }

  private func node(of paths: [Path]) -> Node {
    var order: [[UInt8]] = []
    for path in paths {
      if let first = path.names.first, !order.contains(first) { order.append(first) }
    }
    let children = UnsafeMutablePointer<Node>.allocate(capacity: max(1, order.count))
    let names = UnsafeMutablePointer<csj_name>.allocate(capacity: max(1, order.count))
    for (index, name) in order.enumerated() {
      let below = paths.filter { $0.names.first == name }
      (children + index).initialize(to: node(of: below.map { ($0.field, $0.names.dropFirst()) }))
      let owner = JSONName(name)
      owned.append(owner)
      (names + index).initialize(to: owner.raw)
    }
    return Node(
      field: paths.first { $0.names.isEmpty }?.field,
      children: children,
      names: names,
      count: order.count
    )
  }

  deinit {
    Self.free(root)
    top.deallocate()
  }

  private static func free(_ node: UnsafePointer<Node>) {
    for index in 0..<node.pointee.count { free(node.pointee.children + index) }
    node.pointee.children.deallocate()
    node.pointee.names.deallocate()
  }
}

// The tree is written in `init` and only read afterwards.
extension FieldTree: @unchecked Sendable {}
