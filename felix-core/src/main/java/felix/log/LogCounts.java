package felix.log;

import java.util.concurrent.atomic.LongAdder;

/** What became of lines that were not written, over all outputs since the process began. */
public final class LogCounts {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder repeated = new LongAdder();

  LogCounts() {}

  /** Left out, as an output was too slow, or there was too much for an hour. */
  public long dropped() {
    return dropped.sum();
  }

  /** Could not be written. */
  public long errors() {
    return errors.sum();
  }

  /** Counted, as they had been said shortly before. */
  public long repeated() {
    return repeated.sum();
  }

  void countDropped() {
    dropped.increment();
  }

  void countError() {
    errors.increment();
  }

  void countRepeated() {
    repeated.increment();
  }
}
