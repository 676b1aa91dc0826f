package felix.dataplane.manager;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.manager.HostInterfaces.Owner;
import felix.dataplane.monitor.InterfaceChange;
import felix.delta.ActiveHost;
import felix.delta.Changes;
import felix.model.HostEndpointKey;
import felix.model.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who has which interface depends on what is there, not on how it came to be. */
class HostInterfacesLawTest {
  private static final List<String> NAMES = List.of("eth0", "eth1", "ens3");
  private static final List<Ip> ADDRESSES =
      List.of(Ip.parse("192.0.2.1"), Ip.parse("192.0.2.2"), Ip.parse("fd00::1"));

  private final Map<HostEndpointKey, ActiveHost> hosts = new TreeMap<>();
  private final Map<String, InterfaceChange> interfaces = new TreeMap<>();

  @Test
  void anyHistoryEndsWithTheOwnersOfAFreshProcess() {
    int owned = 0;
    for (long seed = 0; seed < 300; seed++) {
      hosts.clear();
      interfaces.clear();
      var random = new Random(seed);
      var incremental = new HostInterfaces(name -> true);
      var owners = new HashMap<String, Owner>();
      for (int step = 0; step < 40; step++) {
        change(incremental, random);
        incremental.takeChanges().applyTo(owners);
      }
      assertThat(owners).as("seed %d", seed).isEqualTo(fresh());
      owned += owners.size();
    }
    assertThat(owned).isGreaterThan(300);
  }

  private void change(HostInterfaces incremental, Random random) {
    if (random.nextBoolean()) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      boolean present = random.nextInt(4) > 0;
      var change = new InterfaceChange(name, 2, present, present, 1500, some(random));
      interfaces.put(name, change);
      incremental.onInterface(change);
      return;
    }
    var changes = new Changes<HostEndpointKey, ActiveHost>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var key = new HostEndpointKey("h" + random.nextInt(5));
      var after = random.nextInt(3) == 0 ? null : host(random);
      var before = after == null ? hosts.remove(key) : hosts.put(key, after);
      changes.record(key, before, after);
    }
    incremental.absorb(changes);
  }

  private static ActiveHost host(Random random) {
    String name =
        switch (random.nextInt(4)) {
          case 0 -> "*";
          case 1 -> null;
          default -> NAMES.get(random.nextInt(NAMES.size()));
        };
    var expected = new ArrayList<>(some(random));
    return new ActiveHost(name, expected, ActiveHost.Policies.NONE, List.of(), null);
  }

  private static Set<Ip> some(Random random) {
    int bits = random.nextInt(1 << ADDRESSES.size());
    return Set.copyOf(
        ADDRESSES.stream().filter(ip -> (bits >> ADDRESSES.indexOf(ip) & 1) != 0).toList());
  }

  private Map<String, Owner> fresh() {
    var fresh = new HostInterfaces(name -> true);
    var all = new Changes<HostEndpointKey, ActiveHost>();
    hosts.forEach((key, host) -> all.record(key, null, host));
    fresh.absorb(all);
    interfaces.values().forEach(fresh::onInterface);
    var owners = new HashMap<String, Owner>();
    fresh.takeChanges().applyTo(owners);
    return owners;
  }
}
