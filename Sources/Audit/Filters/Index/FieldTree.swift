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
    /// Where the names with each first letter begin among them.
    let starts: UnsafePointer<UInt8>
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
    let order = Self.order(paths)
    let children = UnsafeMutablePointer<Node>.allocate(capacity: max(1, order.count))
    let names = UnsafeMutablePointer<csj_name>.allocate(capacity: max(1, order.count))
    for (index, name) in order.enumerated() {
      let below = paths.filter { $0.names.first == name.spelling }
      (children + index).initialize(to: node(of: below.map { ($0.field, $0.names.dropFirst()) }))
      owned.append(name)
      (names + index).initialize(to: name.raw)
    }
    return Node(
      field: paths.first { $0.names.isEmpty }?.field,
      children: children,
      names: names,
      starts: Self.starts(order),
      count: order.count
    )
  }

  /// The first names of the paths, each once, in the order that `csj_find_all` wants.
  private static func order(_ paths: [Path]) -> [JSONName] {
    Set(paths.compactMap(\.names.first)).map { JSONName($0) }
      .sorted {
        $0.heap == $1.heap
          ? $0.spelling.lexicographicallyPrecedes($1.spelling) : $0.heap < $1.heap
      }
  }

  /// Where the names of each heap begin, and where the last ends.
  private static func starts(_ names: [JSONName]) -> UnsafePointer<UInt8> {
    let heaps = Int(CSJ_INITIALS)
    let starts = UnsafeMutablePointer<UInt8>.allocate(capacity: heaps + 1)
    for heap in 0...heaps {
      (starts + heap).initialize(to: UInt8(names.count { $0.heap < heap }))
    }
    return UnsafePointer(starts)
  }

  deinit {
    Self.free(root)
    top.deallocate()
  }

  private static func free(_ node: UnsafePointer<Node>) {
    for index in 0..<node.pointee.count { free(node.pointee.children + index) }
    node.pointee.children.deallocate()
    node.pointee.names.deallocate()
    node.pointee.starts.deallocate()
  }
}

extension JSONName {
  /// The heap of the name's first letter; a field's path has no empty names.
  fileprivate var heap: Int { Int(csj_initial(looseSpelling[0])) }
}

// The tree is written in `init` and only read afterwards.
extension FieldTree: @unchecked Sendable {}
