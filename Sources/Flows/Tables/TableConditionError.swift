/// Why a text is no condition on the rows of a table.
public enum TableConditionError: Error, Hashable, Sendable {
  /// It does not begin with a column.
  case unknownColumn
  /// Behind the column stands none of the operators.
  case unknownOperator
  /// The value cannot be read as the column's type, which is named.
  case wrongType(String)
}

extension TableConditionError: CustomStringConvertible {
  /// What is wrong, as the end of a sentence without its full stop.
  public var description: String {
    switch self {
    case .unknownColumn: "it does not begin with a column, as \"Status = open\" does"
    case .unknownOperator: "one of = != < <= > >= has to stand behind the column"
    case .wrongType(let type): "the column holds values of type \(type), and this is none"
    }
  }
}
