package felix.count;

import java.util.concurrent.atomic.AtomicLong;

/** A number that only grows. One thread writes, any may read. */
public final class Count {
  private final AtomicLong value = new AtomicLong();

  public void increment() {
    add(1);
  }

  public void add(long more) {
    value.setRelease(value.getPlain() + more);
  }

  public long get() {
    return value.getAcquire();
  }
}
