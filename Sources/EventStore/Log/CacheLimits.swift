/// How much a writer keeps in memory from one transaction to the next; tests take less.
package struct CacheLimits: Sendable {
  /// How many digests of events that share ids: at most some 40 MB.
  package var digests = 1 << 20
  /// How many values with their numbers.
  package var terms = 1 << 20
}
