package felix.dataplane.monitor;

import felix.dataplane.netlink.Netlink;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkEvents;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Lost;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the host's interfaces on a thread of its own: first tells of all of them, then of every
 * change, each time only what is not known yet.
 *
 * <p>If the kernel refuses, or had more events than there was room for, everything is listed again;
 * and now and then without a reason.
 */
public final class InterfaceMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitor.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final Netlink netlink;
  private final Duration refresh;
  private final Consumer<InterfaceChange> sink;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InterfaceTable table = new InterfaceTable();

  /**
   * Does nothing yet.
   *
   * @param refresh how often all is listed without a reason; zero for never
   * @param sink called on the monitor's thread
   * @param onFault told of what should not happen; the monitor has ended then
   */
  public InterfaceMonitor(
      Netlink netlink,
      Duration refresh,
      Consumer<InterfaceChange> sink,
      Consumer<Throwable> onFault) {
    this.netlink = netlink;
    this.refresh = refresh;
    this.sink = sink;
    this.thread = new Thread(this::run, "iface-monitor");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, fault) -> onFault.accept(fault));
  }

  public void start() {
    thread.start();
  }

  /** Ends the thread and waits for that, unless called by the sink. */
  @Override
  public void close() {
    closed.countDown();
    if (thread.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!thread.join(PATIENCE_AT_CLOSE)) {
        LOG.warn("{} is still running", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (isOpen()) {
      try {
        watch();
      } catch (KernelException e) {
        LOG.warn("interfaces: {}; will list them again", e.getMessage());
        pause();
      }
    }
  }

  /** Subscribes before it lists, so that nothing can happen in between unseen. */
  private void watch() {
    try (RtnetlinkEvents events = netlink.subscribe();
        Rtnetlink conversation = netlink.connect()) {
      long listed = list(conversation);
      while (isOpen()) {
        boolean complete =
            switch (events.receive()) {
              case Happened(List<RtnetlinkEvent> happened) -> {
                happened.forEach(event -> table.apply(event).forEach(sink));
                yield true;
              }
              case Lost() -> false;
            };
        boolean due = refresh.isPositive() && System.nanoTime() - listed >= refresh.toNanos();
        if (!complete || due) {
          listed = list(conversation);
        }
      }
    }
  }

  /** Returns when it began. */
  private long list(Rtnetlink conversation) {
    long now = System.nanoTime();
    table.replaceAll(conversation.links(), conversation.addresses()).forEach(sink);
    return now;
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause() {
    try {
      if (closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closed while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
