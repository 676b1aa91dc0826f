package felix.log;

import felix.config.LogSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of this process. Logging is for any thread and never waits for an output, unless the plan
 * says so. Plans are for one thread at a time.
 */
public final class LogSetup {
  private static final Logger ROOT = Logger.getLogger("");

  /** What these say is of use only to who works on them. */
  private static final List<Logger> QUIET = loggers("io.grpc", "io.vertx", "io.etcd.jetcd");

  /**
   * Netty's would show what goes over the wire, passwords and tokens among it; the JDK's a stack
   * trace for each program that is run.
   */
  private static final List<Logger> SILENT =
      loggers("io.netty", "io.grpc.netty", "java.lang.ProcessBuilder");

  private final Supplier<Target> screen;
  private final Supplier<Target> syslog;
  private final LogCounts counts = new LogCounts();
  private volatile Routing routing = Routing.NOWHERE;

  /** Whether what syslog gets comes out where standard output does. */
  private final boolean hasEcho;

  private LogSetup(Supplier<Target> screen, Supplier<Target> syslog, boolean hasEcho) {
    this.screen = screen;
    this.syslog = syslog;
    this.hasEcho = hasEcho;
  }

  /**
   * Replaces whatever log there was by standard output, down to what the environment says for the
   * time before the settings are known.
   */
  public static LogSetup install(Map<String, String> environment) {
    boolean hasEcho = Screen.isJournal(environment) && Syslog.isJournal(Syslog.SOCKET);
    LogSetup setup =
        install(() -> Screen.ofProcess(environment), () -> new Syslog(Syslog.SOCKET), hasEcho);
    earlySeverity(environment).map(LogPlan::early).ifPresent(setup::apply);
    return setup;
  }

  /** For commands whose output is for whoever called them: nothing is logged. */
  public static void silence() {
    Arrays.stream(ROOT.getHandlers()).forEach(ROOT::removeHandler);
    ROOT.setLevel(Level.OFF);
  }

  /** The same with other outputs, and nothing logged before there is a plan. */
  static LogSetup install(Supplier<Target> screen, Supplier<Target> syslog, boolean hasEcho) {
    var setup = new LogSetup(screen, syslog, hasEcho);
    Arrays.stream(ROOT.getHandlers()).forEach(ROOT::removeHandler);
    ROOT.addHandler(setup.new Entrance());
    return setup;
  }

  static Optional<Severity> earlySeverity(Map<String, String> environment) {
    String early =
        environment.getOrDefault(
            LogSettings.EARLY_SEVERITY_VARIABLE,
            environment.getOrDefault("FELIX_LOGSEVERITYSCREEN", LogSettings.LOG_SEVERITY_BEFORE));
    return early.equalsIgnoreCase("none")
        ? Optional.empty()
        : Severity.named(early).or(() -> Optional.of(Severity.ERROR));
  }

  /**
   * From now on it is like this. Returns at once; what was logged before goes where it was to go.
   */
  public void apply(LogPlan wanted) {
    LogPlan plan = hasEcho ? wanted.withoutEcho() : wanted;
    Routing before = routing;
    var routes = new ArrayList<Routing.Route>();
    plan.screen().ifPresent(least -> routes.add(route(Screen.NAME, least, screen)));
    plan.file()
        .ifPresent(
            file ->
                routes.add(
                    route(
                        LogFileTarget.name(file.path()),
                        file.severity(),
                        () -> new LogFileTarget(file.path(), System::nanoTime))));
    plan.syslog().ifPresent(least -> routes.add(route(Syslog.NAME, least, syslog)));
    routing = new Routing(routes, plan);
    setLevels(routing.least());
    before.outlets().stream()
        .filter(outlet -> !routing.outlets().contains(outlet))
        .forEach(Outlet::end);
  }

  /** To the output of this name that there is, or a new one. */
  private Routing.Route route(String name, Severity least, Supplier<Target> target) {
    Outlet outlet =
        routing.outlets().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseGet(
                () -> new Outlet(target.get(), counts, System::nanoTime, this::tellOthers).start());
    return new Routing.Route(outlet, least);
  }

  private void tellOthers(Outlet about, LogLine line) {
    routing.outlets().stream()
        .filter(outlet -> outlet != about)
        .forEach(outlet -> outlet.offer(line));
  }

  private static void setLevels(Optional<Severity> least) {
    ROOT.setLevel(least.map(Severity::level).orElse(Level.OFF));
    boolean isTracing = least.equals(Optional.of(Severity.TRACE));
    QUIET.forEach(logger -> logger.setLevel(isTracing ? null : Level.OFF));
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /** What became of lines. */
  public LogCounts counts() {
    return counts;
  }

  /** Says why the process ends; slf4j has no word for it. */
  public static void fatal(Class<?> source, String text, @Nullable Throwable thrown) {
    var record = new LogRecord(Severity.FATAL.level(), text);
    record.setLoggerName(source.getName());
    record.setThrown(thrown);
    Logger.getLogger(source.getName()).log(record);
  }

  /** Waits until everything is written, but not for longer than this. */
  public void flush(Duration limit) {
    List<Outlet> outlets = routing.outlets();
    long end = System.nanoTime() + limit.toNanos();
    var done = new CountDownLatch(outlets.size());
    // One that hangs must not take the others' time.
    outlets.forEach(outlet -> outlet.flush(done, limit.dividedBy(outlets.size() + 1L)));
    try {
      done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Logger> loggers(String... names) {
    return Arrays.stream(names).map(Logger::getLogger).toList();
  }

  /** Where java.util.logging hands lines over. */
  private final class Entrance extends Handler {
    @Override
    public void publish(LogRecord record) {
      routing.publish(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
