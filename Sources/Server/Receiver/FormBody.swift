internal import Values

/// The body of a form as the JSON that stands in the log.
enum FormBody {
  /// Whether a request's body is a form's.
  static func isForm(_ type: String?) -> Bool {
    type?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
  }

  /// An object of the form's fields in their order; one that is repeated has the list of its values.
  static func json(_ body: [UInt8]) -> [UInt8] {
    var names: [Text] = []
    var values: [Text: [Value]] = [:]
    for (name, value) in FormEncoding.fields(body) {
      if values[name] == nil { names.append(name) }
      values[name, default: []].append(.text(value))
    }
    let members = names.map { name -> (Text, Value) in
      let own = values[name] ?? []
      return (name, own.count == 1 ? own[0] : .list(own))
    }
    return JSON.serialize(.object(Object(members)))
  }
}
