package felix.policysync;

import felix.delta.DeltaSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the programs beside this host's workloads which policy applies to these. A second consumer
 * of what the calculation graph finds, which the first one does not notice.
 */
public final class PolicySync implements AutoCloseable {
  /** Between two looks at who wants a socket. pod2daemon's is a fifth of that. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final String hostname;
  private final SyncThread thread;
  private final Mailbox mailbox = new Mailbox();
  private final Processor processor = new Processor();
  private final SocketFolder sockets;
  private final Thread looking;

  /**
   * Does nothing yet.
   *
   * @param onFault called by the threads for an exception that is a bug
   */
  public PolicySync(PolicySyncSettings settings, Consumer<Throwable> onFault) {
    hostname = settings.hostname();
    thread = new SyncThread(onFault);
    sockets = new SocketFolder(settings.prefix(), this::make);
    looking =
        Thread.ofPlatform()
            .daemon()
            .name("policy-sync-sockets")
            .uncaughtExceptionHandler((where, fault) -> onFault.accept(fault))
            .unstarted(this::lookAgainAndAgain);
  }

  /** A sink before another one, which sees all that the other one takes. */
  public DeltaSink before(DeltaSink next) {
    return new TeeSink(next, this::tell);
  }

  /** Once. */
  public void start() {
    looking.start();
  }

  /** Ends both threads and all connections; the sockets' files stay. */
  @Override
  public void close() {
    looking.interrupt();
    thread.close();
  }

  /** How many workloads have a socket. Any thread. */
  public int sockets() {
    return sockets.served();
  }

  /** How many workloads have credentials, but no socket. Any thread. */
  public int refused() {
    return sockets.refused();
  }

  /** How many streams there are, at most one a workload. Any thread. */
  public int clients() {
    return processor.clients();
  }

  private void tell(SyncDelta delta) {
    mailbox.put(delta, () -> thread.soon(this::takeDelta));
  }

  private void takeDelta() {
    SyncDelta delta = mailbox.take();
    if (delta != null) {
      processor.apply(delta);
    }
  }

  private WorkloadSocket make(Path making, Path place, Credentials whose) throws IOException {
    return WorkloadSocket.open(
        making, place, SyncService.of(whose.key(hostname), processor, thread), thread);
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        sockets.look();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
