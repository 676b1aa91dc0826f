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
 * Watches the kernel on a thread of its own. Of the host's interfaces it first tells all, then
 * every change, each time only what is not known yet. Of what happens to other objects it tells
 * what may concern us, and remembers nothing.
 *
 * <p>If the kernel refuses, or had more events than there was room for, it subscribes anew, lists
 * all interfaces again and tells that events were lost; interfaces are also listed now and then
 * without a reason.
 */
public final class InterfaceMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitor.class);

  /** So that a storm that overruns us again and again is not made worse by endless listing. */
  private static final Duration BETWEEN_SUBSCRIPTIONS = Duration.ofSeconds(1);

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final Netlink netlink;
  private volatile Duration refresh;
  private volatile boolean listed;
  private final EventFilter filter;
  private final KernelListener listener;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InterfaceTable table = new InterfaceTable();
  private final MonitorStatus status = new MonitorStatus();

  /**
   * Does nothing yet.
   *
   * @param refresh how often all interfaces are listed without a reason; zero for never
   * @param onFault told of what should not happen; the monitor has ended then
   */
  public InterfaceMonitor(
      Netlink netlink,
      Duration refresh,
      EventFilter filter,
      KernelListener listener,
      Consumer<Throwable> onFault) {
    this.netlink = netlink;
    this.refresh = refresh;
    this.filter = filter;
    this.listener = listener;
    this.thread = new Thread(this::run, "iface-monitor");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, fault) -> onFault.accept(fault));
  }

  public void start() {
    thread.start();
  }

  /** Whether all interfaces have been told once. Any thread. */
  public boolean hasListed() {
    return listed;
  }

  /** For metrics. */
  public MonitorStatus status() {
    return status;
  }

  /** Lists all interfaces so often from now on; zero for never. Any thread. */
  public void refresh(Duration interval) {
    refresh = interval;
  }

  /** Ends the thread and waits for that, unless called by the listener. */
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
    for (boolean again = false; isOpen(); again = true) {
      long began = System.nanoTime();
      listener.onTurn();
      try {
        watch(again);
      } catch (KernelException e) {
        LOG.warn("interfaces: {}; will list them again", e.getMessage());
      }
      pause(BETWEEN_SUBSCRIPTIONS.toNanos() - (System.nanoTime() - began));
    }
  }

  /**
   * Subscribes before it lists, and before others read, so that nothing can happen in between
   * unseen. Returns when events were lost.
   */
  private void watch(boolean again) {
    try (RtnetlinkEvents events = netlink.subscribe(filter.families());
        Rtnetlink conversation = netlink.connect()) {
      long lastListed = list(conversation);
      listed = true;
      if (again) {
        listener.onEvents(new Lost());
      }
      while (isOpen()) {
        listener.onTurn();
        switch (events.receive()) {
          case Happened(List<RtnetlinkEvent> happened) -> tell(happened);
          case Lost() -> {
            LOG.info("events were lost; will list all interfaces again");
            return;
          }
        }
        Duration interval = refresh;
        if (interval.isPositive() && System.nanoTime() - lastListed >= interval.toNanos()) {
          lastListed = list(conversation);
        }
      }
    }
  }

  private void tell(List<RtnetlinkEvent> happened) {
    status.came(happened);
    happened.forEach(event -> table.apply(event).forEach(listener::onInterface));
    var concern = happened.stream().filter(event -> filter.lets(event, table::name)).toList();
    if (!concern.isEmpty()) {
      listener.onEvents(new Happened(concern));
    }
  }

  /** Returns when it began. */
  private long list(Rtnetlink conversation) {
    long now = System.nanoTime();
    var links = conversation.links();
    var addresses = conversation.addresses();
    status.came(links.size(), addresses.size());
    table.replaceAll(links, addresses).forEach(listener::onInterface);
    return now;
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause(long nanos) {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        LOG.debug("closed while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
