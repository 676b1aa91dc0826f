package felix.policysync;

import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import java.util.function.Consumer;

/** Hands on a copy of each delta that the next sink takes. On the calculation graph's thread. */
final class TeeSink implements DeltaSink {
  private final DeltaSink next;
  private final Consumer<SyncDelta> copies;

  /**
   * A tee before a sink.
   *
   * @param copies returns at once
   */
  TeeSink(DeltaSink next, Consumer<SyncDelta> copies) {
    this.next = next;
    this.copies = copies;
  }

  @Override
  public boolean offer(DataplaneDelta delta) {
    // Whoever takes the delta may change it at once.
    SyncDelta copy = SyncDelta.copyOf(delta);
    if (!next.offer(delta)) {
      return false;
    }
    copies.accept(copy);
    return true;
  }
}
