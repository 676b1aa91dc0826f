package felix.dataplane;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The dataplanes of both families. They share nothing that changes, so that each can be worked on
 * by a thread of its own for a while: the first by the dataplane thread, which then waits for the
 * others. What they hold is seen by one thread at a time.
 *
 * <p>The kernel they do share. A second nft transaction waits until readers have let go of what the
 * one before replaced, 5 to 10 ms in which all that the first has written is in force already; and
 * legacy tools take one lock for both families. So small changes are brought to one family after
 * the other, in the order of who is likely to wait; many at once, at the start, to both together.
 */
final class Families {
  private static final long IDLE_SECONDS = 5;

  private final List<Dataplane> dataplanes;
  private final Executor beside;

  private Families(List<Dataplane> dataplanes, Executor beside) {
    this.dataplanes = List.copyOf(dataplanes);
    this.beside = beside;
  }

  /** One after the other, always. */
  static Families inTurn(List<Dataplane> dataplanes) {
    return new Families(dataplanes, Runnable::run);
  }

  /** At the same time. There is a second thread only while there is something to do for it. */
  static Families atOnce(List<Dataplane> dataplanes) {
    if (dataplanes.size() < 2) {
      return inTurn(dataplanes);
    }
    int others = dataplanes.size() - 1;
    var threads =
        new ThreadPoolExecutor(
            others,
            others,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("dataplane-", 2).factory());
    threads.allowCoreThreadTimeOut(true);
    return new Families(dataplanes, threads);
  }

  List<Dataplane> all() {
    return dataplanes;
  }

  /** First the one of which most addresses are in use here; IPv4 of two that are equal. */
  List<Dataplane> inOrder() {
    return dataplanes.stream()
        .sorted(Comparator.comparingInt(Dataplane::workloadAddresses).reversed())
        .toList();
  }

  /**
   * Works on all of them, and returns when all are done with. What one throws stops no other, and
   * is thrown then.
   */
  void work(Consumer<Dataplane> work) {
    var others =
        dataplanes.stream()
            .skip(1)
            .map(other -> CompletableFuture.runAsync(() -> work.accept(other), beside))
            .toList();
    try {
      work.accept(dataplanes.getFirst());
    } finally {
      others.forEach(Families::await);
    }
  }

  private static void await(CompletableFuture<Void> other) {
    try {
      other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
