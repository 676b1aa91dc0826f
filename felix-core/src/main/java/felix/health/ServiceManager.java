package felix.health;

import felix.unix.UnixDatagramSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is: see sd_notify(3). Does nothing where systemd does not ask for
 * it. Any thread.
 */
public final class ServiceManager {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  /** Numbers in the status change all the time; words are worth a message at once. */
  private static final Duration BETWEEN_NUMBERS = Duration.ofSeconds(10);

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int LONGEST_STATUS = 500;

  private final String socket;
  private final Duration watchdog;
  private final LongSupplier nanoTime;
  private @Nullable UnixDatagramSender sender;
  private boolean ready;
  private boolean readySent;
  private boolean failed;
  private String status = "";
  private long statusAt;
  private long pingedAt;

  /**
   * Whom the environment names.
   *
   * @param pid of this process: systemd may mean another one
   */
  public static ServiceManager ofEnvironment(Map<String, String> environment, long pid) {
    return new ServiceManager(
        environment.getOrDefault("NOTIFY_SOCKET", ""),
        watchdog(environment, pid),
        System::nanoTime);
  }

  ServiceManager(String socket, Duration watchdog, LongSupplier nanoTime) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.nanoTime = nanoTime;
    this.pingedAt = nanoTime.getAsLong() - watchdog.toNanos();
  }

  /** How often to call: at least so often that the watchdog is satisfied. */
  Duration tick(Duration most) {
    Duration half = watchdog.dividedBy(2);
    return half.isPositive() && half.compareTo(most) < 0 ? half : most;
  }

  /** The process is up, which systemd waits for; it is told with the next status. */
  public synchronized void ready() {
    ready = true;
  }

  /** The process ends. */
  public synchronized void stopping(String why) {
    send("STOPPING=1\nSTATUS=" + line(why));
  }

  synchronized void tell(HealthReport report, Supplier<String> summary) {
    if (socket.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    boolean begins = ready && !readySent;
    boolean pings = report.isLive() && isTimeToPing(now);
    String words = line(words(report, summary));
    boolean says = isWorthTelling(words, now);
    String message =
        (begins ? "READY=1\n" : "")
            + (pings ? "WATCHDOG=1\n" : "")
            + (says ? "STATUS=" + words + "\n" : "");
    if (!message.isEmpty() && send(message)) {
      readySent |= begins;
      pingedAt = pings ? now : pingedAt;
      status = says ? words : status;
      statusAt = says ? now : statusAt;
    }
  }

  /** A little before half of its time has passed: whoever calls comes round late now and then. */
  private boolean isTimeToPing(long now) {
    long nanos = watchdog.toNanos();
    return nanos > 0 && now - pingedAt >= nanos / 2 - nanos / 10;
  }

  private boolean isWorthTelling(String words, long now) {
    if (words.equals(status)) {
      return false;
    }
    return !withoutNumbers(words).equals(withoutNumbers(status))
        || now - statusAt >= BETWEEN_NUMBERS.toNanos();
  }

  private static String withoutNumbers(String text) {
    return NUMBER.matcher(text).replaceAll("0");
  }

  private static String words(HealthReport report, Supplier<String> summary) {
    if (!report.isLive()) {
      return "stuck: " + String.join("; ", report.notLive());
    }
    return report.isReady() ? summary.get() : "not ready: " + String.join("; ", report.notReady());
  }

  private static String line(String text) {
    String cut = text.length() <= LONGEST_STATUS ? text : text.substring(0, LONGEST_STATUS);
    return cut.replace('\n', ' ');
  }

  private boolean send(String message) {
    if (socket.isEmpty()) {
      return false;
    }
    try {
      UnixDatagramSender current = sender;
      if (current == null) {
        current = UnixDatagramSender.to(socket);
        sender = current;
      }
      current.send(message.getBytes(StandardCharsets.UTF_8));
      failed = false;
      return true;
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("systemd is not told \"{}\": {}", message.strip(), e.getMessage());
      }
      failed = true;
      return false;
    }
  }

  private static Duration watchdog(Map<String, String> environment, long pid) {
    String meant = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return meant.equals(Long.toString(pid)) && micros.matches("\\d{1,15}")
        ? Duration.ofNanos(Long.parseLong(micros) * 1_000)
        : Duration.ZERO;
  }
}
