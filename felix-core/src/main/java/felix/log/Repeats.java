package felix.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds warnings and errors back that were said shortly before: same source, same words, whatever
 * the numbers and names with digits in them. The first is said at once. After a while comes the
 * last of them, with how many there were, and the next while is longer. Silence ends a series.
 *
 * <p>One thread. Time is {@link System#nanoTime}'s.
 */
final class Repeats {
  private static final long FIRST_WAIT = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();
  private static final int GROWTH = 6;

  /** Beyond that the series that was quiet for longest is forgotten. */
  private static final int MOST_SERIES = 256;

  private final Map<String, Series> series = new LinkedHashMap<>(16, 0.75f, true);
  private final List<LogLine> forgotten = new ArrayList<>();

  /** Lines of one shape since one of them was written. */
  private static final class Series {
    private long wait = FIRST_WAIT;
    private long end;
    private int held;
    private LogLine last;

    Series(LogLine first, long now) {
      this.last = first;
      this.end = now + wait;
    }

    LogLine summary() {
      return last.with(" (%d more of this kind within %s)".formatted(held, Duration.ofNanos(wait)));
    }
  }

  /** Whether a line is to be written now. */
  boolean admits(LogLine line, long now) {
    if (!line.severity().isAtLeast(Severity.WARNING) || line.severity() == Severity.FATAL) {
      return true;
    }
    String shape = Shape.of(line);
    Series known = series.get(shape);
    if (known == null) {
      forgetOne();
      series.put(shape, new Series(line, now));
      return true;
    }
    known.held++;
    known.last = line;
    return false;
  }

  private void forgetOne() {
    if (series.size() == MOST_SERIES) {
      Iterator<Series> oldest = series.values().iterator();
      Series gone = oldest.next();
      oldest.remove();
      if (gone.held > 0) {
        forgotten.add(gone.summary());
      }
    }
  }

  /** What is to be said by now of lines that were held back. */
  List<LogLine> due(long now) {
    List<LogLine> due = new ArrayList<>(forgotten);
    forgotten.clear();
    for (Iterator<Series> all = series.values().iterator(); all.hasNext(); ) {
      Series each = all.next();
      if (now - each.end < 0) {
        continue;
      }
      if (each.held == 0) {
        all.remove();
      } else {
        due.add(each.summary());
        each.held = 0;
        each.wait = Math.min(LONGEST_WAIT, each.wait * GROWTH);
        each.end = now + each.wait;
      }
    }
    return due;
  }

  /** What was held back and not said, at the end. */
  List<LogLine> rest() {
    List<LogLine> rest = new ArrayList<>(forgotten);
    series.values().stream().filter(each -> each.held > 0).map(Series::summary).forEach(rest::add);
    forgotten.clear();
    series.clear();
    return rest;
  }

  /** Whether {@link #due} has nothing to wait for. */
  boolean isEmpty() {
    return series.isEmpty() && forgotten.isEmpty();
  }
}
