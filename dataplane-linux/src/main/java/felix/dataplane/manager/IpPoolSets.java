package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.rules.FixedIpSets;
import felix.delta.DataplaneDelta;
import felix.model.IpPool;

/** Has the sets of pools that outgoing NAT goes by; always, also where no pool wants it. */
public final class IpPoolSets implements Manager {
  private final CountedSet all;
  private final CountedSet masqueraded;

  /** Desires the sets at once, empty. */
  public IpPoolSets(DesiredIpSets sets) {
    this.all = new CountedSet(FixedIpSets.ALL_POOLS, sets);
    this.masqueraded = new CountedSet(FixedIpSets.MASQUERADED_POOLS, sets);
    all.want(true);
    masqueraded.want(true);
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    for (var change : delta.network().pools()) {
      IpPool before = change.before();
      if (before != null) {
        all.remove(before.cidr());
        if (before.natOutgoing()) {
          masqueraded.remove(before.cidr());
        }
      }
    }
    for (var change : delta.network().pools()) {
      IpPool after = change.after();
      if (after != null) {
        all.add(after.cidr());
        if (after.natOutgoing()) {
          masqueraded.add(after.cidr());
        }
      }
    }
  }
}
