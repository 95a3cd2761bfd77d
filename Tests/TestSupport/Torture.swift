internal import Foundation

/// How much the tests that kill, flip or draw do: more with `AUDIT_TORTURE` set.
public enum Torture {
  /// Whether everything is asked for, however long it takes.
  public static let isFull = ProcessInfo.processInfo.environment["AUDIT_TORTURE"] != nil

  /// `usual`, or `full` where everything is asked for.
  public static func count(_ usual: Int, full: Int) -> Int { isFull ? full : usual }
}
