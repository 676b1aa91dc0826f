package felix.log;

import felix.model.BoundedMatch;
import java.text.MessageFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/** Which lines go to which outputs. Never changes: there is another one for another plan. */
final class Routing {
  static final Routing NOWHERE =
      new Routing(
          List.of(),
          new LogPlan(Optional.empty(), Optional.empty(), Optional.empty(), "", true, List.of()));

  private final List<Route> routes;
  private final Scrubber scrubber;
  private final Optional<Pattern> debugFiles;
  private final boolean isLossy;
  private final Map<String, Boolean> debugged = new ConcurrentHashMap<>();

  /** An output, and the least severity for it. */
  record Route(Outlet outlet, Severity least) {}

  Routing(List<Route> routes, LogPlan plan) {
    this.routes = List.copyOf(routes);
    this.scrubber = new Scrubber(plan.secrets());
    this.debugFiles =
        Optional.of(plan.debugFiles()).filter(text -> !text.isEmpty()).map(Pattern::compile);
    this.isLossy = plan.isLossy();
  }

  List<Outlet> outlets() {
    return routes.stream().map(Route::outlet).toList();
  }

  /** Empty if nothing is wanted at all. */
  Optional<Severity> least() {
    return routes.stream().map(Route::least).min(Comparator.naturalOrder());
  }

  void publish(LogRecord record) {
    Severity severity = Severity.of(record.getLevel());
    String logger = String.valueOf(record.getLoggerName());
    if (!severity.isAtLeast(Severity.INFO) && !isDebugged(logger)) {
      return;
    }
    LogLine line = line(record, severity, logger);
    for (Route route : routes) {
      if (!severity.isAtLeast(route.least())) {
        continue;
      }
      if (isLossy) {
        route.outlet().offer(line);
      } else {
        route.outlet().put(line);
      }
    }
  }

  private LogLine line(LogRecord record, Severity severity, String logger) {
    return new LogLine(
        record.getMillis(),
        severity,
        scrubber.scrub(Thread.currentThread().getName()),
        logger.substring(logger.lastIndexOf('.') + 1),
        scrubber.scrub(text(record)),
        Stack.lines(record.getThrown(), scrubber));
  }

  /** Libraries that log without slf4j may have parameters. */
  private static String text(LogRecord record) {
    String message = String.valueOf(record.getMessage());
    Object[] parameters = record.getParameters();
    if (parameters == null || parameters.length == 0) {
      return message;
    }
    try {
      return new MessageFormat(message, Locale.ROOT).format(parameters);
    } catch (IllegalArgumentException e) {
      return message;
    }
  }

  private boolean isDebugged(String logger) {
    return debugFiles
        .map(
            files ->
                debugged.computeIfAbsent(logger, name -> BoundedMatch.isFound(files, file(name))))
        .orElse(true);
  }

  /** The source file that a logger is named after: the path below {@code src/main/java}. */
  private static String file(String logger) {
    int nested = logger.indexOf('$');
    String outer = nested < 0 ? logger : logger.substring(0, nested);
    return outer.replace('.', '/') + ".java";
  }
}
