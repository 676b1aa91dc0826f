package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.delta.DataplaneDelta;

/** Has the IP sets that active rules name. */
public final class IpSetManager implements Manager {
  private final DesiredIpSets sets;

  public IpSetManager(DesiredIpSets sets) {
    this.sets = sets;
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    for (var change : delta.local().ipSets()) {
      if (change.after() == null) {
        sets.remove(change.key());
      }
    }
    for (var change : delta.local().ipSets()) {
      if (change.after() != null) {
        sets.set(change.key(), change.after());
      }
    }
    for (var entry : delta.local().members().all()) {
      sets.changeMembers(entry.getKey(), entry.getValue().removed(), entry.getValue().added());
    }
  }
}
