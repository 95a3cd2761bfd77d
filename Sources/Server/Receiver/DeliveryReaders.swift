internal import Audit
internal import Synchronization

/// Readers of deliveries, each lent to one thread at a time.
///
/// As many are kept as threads had one at once, each with room for the longest delivery that it has read.
final class DeliveryReaders: Sendable {
  private struct Loan: @unchecked Sendable {
    let reader: DeliveryReader
  }

  private let free = Mutex<[Loan]>([])

  /// Reads a delivery.
  ///
  /// - Throws: `DeliveryIntake.Unreadable`.
  func read(_ delivery: Delivery) throws -> DeliveryReader.Read {
    let loan = free.withLock { $0.popLast() } ?? Loan(reader: DeliveryReader())
    defer { free.withLock { $0.append(loan) } }
    return try loan.reader.read(delivery)
  }
}
