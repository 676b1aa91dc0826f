package felix.dataplane.attached;

import felix.count.Distribution;

/**
 * What others ask about one kind of object that hangs on interfaces. Written by the dataplane
 * thread, read by any.
 */
public final class AttachedStatus {
  private final Distribution readNanos = new Distribution();
  private final Distribution writeNanos = new Distribution();
  private volatile int wanted;
  private volatile int interfaces;

  /** How long it took to read all objects from the kernel. */
  public Distribution readNanos() {
    return readNanos;
  }

  /** How long it took to write all that was to be written. */
  public Distribution writeNanos() {
    return writeNanos;
  }

  /** How many objects are wanted. */
  public int wanted() {
    return wanted;
  }

  /** How many interfaces they could be on. */
  public int interfaces() {
    return interfaces;
  }

  void read(long nanos) {
    readNanos.observe(nanos);
  }

  void wrote(long nanos) {
    writeNanos.observe(nanos);
  }

  void holds(int wishes, int links) {
    wanted = wishes;
    interfaces = links;
  }
}
