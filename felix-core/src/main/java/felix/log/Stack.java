package felix.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception and its causes as lines, none of which looks like the beginning of a log line. */
final class Stack {
  private static final int MOST_FRAMES = 40;
  private static final int MOST_THROWABLES = 8;

  private final Scrubber scrubber;
  private final List<String> lines = new ArrayList<>();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Stack(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  static List<String> lines(@Nullable Throwable thrown, Scrubber scrubber) {
    if (thrown == null) {
      return List.of();
    }
    var stack = new Stack(scrubber);
    stack.add("", thrown);
    return stack.lines;
  }

  private void add(String what, Throwable thrown) {
    if (seen.size() == MOST_THROWABLES || !seen.add(thrown)) {
      return;
    }
    lines.add("\t" + what + scrubber.scrub(thrown.toString()));
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      lines.add("\t\tat " + frames[i]);
    }
    if (frames.length > MOST_FRAMES) {
      lines.add("\t\t… " + (frames.length - MOST_FRAMES) + " more");
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      add("Suppressed: ", suppressed);
    }
    if (thrown.getCause() != null) {
      add("Caused by: ", thrown.getCause());
    }
  }
}
