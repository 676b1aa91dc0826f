package felix.dataplane.iptables;

import felix.count.Count;
import felix.model.IpVersion;

/** What others ask about the kept restore of a family. Any thread. */
public final class KeptStatus {
  private final IpVersion version;
  private final Count starts = new Count();
  private final Count batches = new Count();
  private volatile boolean kept;

  KeptStatus(IpVersion version, boolean kept) {
    this.version = version;
    this.kept = kept;
  }

  public IpVersion version() {
    return version;
  }

  /** Whether small batches go to a kept child; else a program is run for each. */
  public boolean isKept() {
    return kept;
  }

  /** How many children were started. */
  public long starts() {
    return starts.get();
  }

  /** How many batches children were given. */
  public long batches() {
    return batches.get();
  }

  void isNotKept() {
    kept = false;
  }

  void started() {
    starts.increment();
  }

  void fed() {
    batches.increment();
  }
}
