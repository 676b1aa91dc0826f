package felix.dataplane.reconcile;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the kernel is read beside the dataplane. Any thread may hand work in. */
public final class ReaderThreads {
  /** On a small host they share two cores with the agent itself. */
  private static final int MOST = 2;

  private static final long IDLE_SECONDS = 5;

  private ReaderThreads() {}

  /** At most two threads at a time; none while there is nothing to read. */
  public static Executor start() {
    var threads =
        new ThreadPoolExecutor(
            MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Whether this thread is one of them. */
  static boolean isOne() {
    return Thread.currentThread() instanceof Reader;
  }

  private static ThreadFactory factory() {
    var made = new AtomicInteger();
    return work -> new Reader(work, made.incrementAndGet());
  }

  private static final class Reader extends Thread {
    Reader(Runnable work, int number) {
      super(work, "kernel-read-" + number);
      setDaemon(true);
    }
  }
}
