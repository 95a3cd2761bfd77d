internal import NIOCore
internal import NIOPosix

/// Runs what is asynchronous on the threads of connections, so that an answer waits for no other thread.
///
/// Who is on such a thread stays there.
final class LoopExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    MultiThreadedEventLoopGroup.singleton.any().execute {
      job.runSynchronously(on: executor)
    }
  }
}
