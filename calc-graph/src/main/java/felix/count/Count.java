package felix.count;

import java.util.concurrent.atomic.AtomicLong;

/** A number that only grows. Any thread. */
public final class Count {
  private final AtomicLong value = new AtomicLong();

  public void increment() {
    add(1);
  }

  public void add(long more) {
    value.getAndAdd(more);
  }

  public long get() {
    return value.getAcquire();
  }
}
