package felix.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts scrapes. Written and read by the threads of the server. */
final class ServerStatus {
  static final int OK = 200;
  static final int FAILED = 500;
  static final int UNAVAILABLE = 503;

  private final Map<Integer, LongAdder> answers =
      Map.of(OK, new LongAdder(), FAILED, new LongAdder(), UNAVAILABLE, new LongAdder());
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Answers so far by their status. */
  Map<Integer, Long> answers() {
    var counts = new TreeMap<Integer, Long>();
    answers.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  int inFlight() {
    return inFlight.get();
  }

  void began() {
    inFlight.incrementAndGet();
  }

  void ended(int code) {
    inFlight.decrementAndGet();
    LongAdder count = answers.get(code);
    if (count != null) {
      count.increment();
    }
  }
}
