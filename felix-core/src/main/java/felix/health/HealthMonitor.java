package felix.health;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the health every second, on a thread of its own. It logs what changes, with the stack of
 * a thread that gets stuck, and tells systemd.
 */
public final class HealthMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Health health;
  private final ServiceManager service;
  private final Consumer<HealthReport> alsoTold;
  private final Thread thread;
  private final Set<Heartbeat> stuck = new HashSet<>();
  private boolean wasReady;

  /**
   * Does nothing yet.
   *
   * @param alsoTold each time, on this thread
   * @param onFault told of what should not happen
   */
  public HealthMonitor(
      Health health,
      ServiceManager service,
      Consumer<HealthReport> alsoTold,
      Consumer<Throwable> onFault) {
    this.health = health;
    this.service = service;
    this.alsoTold = alsoTold;
    this.thread = new Thread(this::run, "health");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, fault) -> onFault.accept(fault));
  }

  public void start() {
    thread.start();
  }

  /** Lets systemd know at once that the process is up. */
  public void ready() {
    service.ready();
    LockSupport.unpark(thread);
  }

  private void run() {
    long pause = service.tick(TICK).toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      look();
      LockSupport.parkNanos(pause);
    }
  }

  /** Logs what is new, and passes it on. */
  void look() {
    HealthReport report = health.look();
    if (!report.stuck().isEmpty() || !stuck.isEmpty()) {
      report.stuck().stream().filter(stuck::add).forEach(HealthMonitor::logStuck);
      stuck.removeIf(heartbeat -> movesAgain(heartbeat, report.stuck()));
    }
    if (report.isReady() != wasReady) {
      wasReady = report.isReady();
      if (wasReady) {
        LOG.info("Ready: {}", health.summary());
      } else {
        LOG.warn("Not ready: {}", String.join("; ", report.notReady()));
      }
    }
    service.tell(report, health::summary);
    alsoTold.accept(report);
  }

  private static boolean movesAgain(Heartbeat heartbeat, List<Heartbeat> now) {
    boolean moves = !now.contains(heartbeat);
    if (moves) {
      LOG.warn("Thread {} gets on again", heartbeat.thread());
    }
    return moves;
  }

  private static void logStuck(Heartbeat heartbeat) {
    Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(heartbeat.thread()))
        .findFirst()
        .ifPresentOrElse(
            entry -> logStuck(entry.getKey(), entry.getValue()),
            () -> LOG.error("Thread {} is no more", heartbeat.thread()));
  }

  private static void logStuck(Thread thread, StackTraceElement[] frames) {
    var here = new IllegalStateException("it is " + thread.getState() + " here");
    here.setStackTrace(frames);
    LOG.error("Thread {} is stuck", thread.getName(), here);
  }
}
