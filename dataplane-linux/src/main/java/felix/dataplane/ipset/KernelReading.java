package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.ListedIpSet;
import felix.model.IpVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel lists of our sets, compared with what is desired of them while it is listed. What
 * is desired must not change meanwhile, and not between that and the use of the reading.
 */
final class KernelReading implements IpSets.Reader {
  /** A set of ours; without a comparison where its members do not matter. */
  record Found(ListedIpSet listed, @Nullable Comparison comparison) {}

  private final IpVersion version;
  private final Map<String, TrackedSet> desired;
  private final SequencedMap<String, Found> found = new LinkedHashMap<>();
  private int seen;

  /**
   * A reading that was shown nothing yet.
   *
   * @param desired by the kernel's names
   */
  KernelReading(IpVersion version, Map<String, TrackedSet> desired) {
    this.version = version;
    this.desired = desired;
  }

  /** Sets of any family and owner. */
  int seen() {
    return seen;
  }

  /** Sets of ours, by name. */
  SequencedMap<String, Found> found() {
    return found;
  }

  @Override
  public IpSets.@Nullable MemberReader take(ListedIpSet listed) {
    seen++;
    if (!Ownership.isOurs(version, listed.name())) {
      return null; // members of others may go while they are read
    }
    TrackedSet set = desired.get(listed.name());
    Comparison comparison =
        set == null || !set.header().equals(listed.header())
            ? null
            : new Comparison(set.format(), set.desired());
    found.put(listed.name(), new Found(listed, comparison));
    return comparison;
  }
}
