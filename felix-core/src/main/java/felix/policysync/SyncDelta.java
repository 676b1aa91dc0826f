package felix.policysync;

import felix.delta.DataplaneDelta;
import felix.delta.LocalDelta;

/**
 * The parts of a {@link DataplaneDelta} that clients may be told of. A copy: the original goes on
 * to the dataplane, which merges others into it.
 */
record SyncDelta(boolean datastoreReady, LocalDelta local) {

  /** Shares nothing with the original that can change. */
  static SyncDelta copyOf(DataplaneDelta delta) {
    var copy = LocalDelta.none();
    copy.mergeLater(delta.local());
    return new SyncDelta(delta.datastoreReady(), copy);
  }

  /**
   * This delta and a later one as one. Takes over this delta's parts and changes them: use only
   * what is returned.
   */
  SyncDelta mergeLater(SyncDelta later) {
    local.mergeLater(later.local);
    return new SyncDelta(later.datastoreReady, local);
  }
}
