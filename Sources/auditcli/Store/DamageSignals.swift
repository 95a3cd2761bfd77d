internal import Glibc

/// Signals that a program gets where the pages of a store are damaged or missing.
enum DamageSignals {
  /// From now on says what is likely wrong, and where to look, before such a signal ends the program.
  ///
  /// `verify` reads in a process of its own, which ends without a word: its parent tells.
  static func tell() {
    for number in [SIGBUS, SIGSEGV, SIGABRT] {
      signal(number) { number in
        let text: StaticString =
          "auditcli: the store cannot be read here; it is damaged or cut short. Run `auditcli verify`.\n"
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
