package felix.delta;

import felix.latency.Stamps;

/**
 * What this host must hold, as net changes since the delta before. The first one of a process holds
 * the whole first snapshot; there is none before that.
 *
 * @param revision of the datastore up to which it speaks
 * @param datastoreReady the state now, not a change: while it is false nothing may be written to
 *     the kernel
 * @param stamps of the changes that it follows from, but of those that a snapshot brought
 */
public record DataplaneDelta(
    long revision, boolean datastoreReady, LocalDelta local, NetworkDelta network, Stamps stamps) {

  /** One whose changes nobody timed, or nobody has yet. */
  public DataplaneDelta(
      long revision, boolean datastoreReady, LocalDelta local, NetworkDelta network) {
    this(revision, datastoreReady, local, network, new Stamps());
  }

  /**
   * This delta and a later one as one. Takes over this delta's parts and changes them: use only
   * what is returned.
   */
  public DataplaneDelta mergeLater(DataplaneDelta later) {
    local.mergeLater(later.local);
    stamps.mergeLater(later.stamps);
    return new DataplaneDelta(
        later.revision, later.datastoreReady, local, network.mergeLater(later.network), stamps);
  }

  /** Whether it says anything about what the kernel of this host must hold. */
  public boolean changesKernel() {
    return concernsRules() || !local.members().isEmpty() || !network.isEmpty();
  }

  /**
   * Whether rules or endpoints of this host change, which somebody waits for: members of sets and
   * what other hosts have come by the thousand, and may be held up.
   */
  public boolean concernsRules() {
    return local.concernsRules();
  }
}
