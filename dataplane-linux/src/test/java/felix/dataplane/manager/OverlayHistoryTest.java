package felix.dataplane.manager;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.FullyRandom;
import felix.dataplane.rules.OverlayState;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.IpSetMember;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The law of the managers of static chains and fixed sets: after any history they desire what fresh
 * ones desire that are told where it ended, and that is what a look at the whole state gives.
 */
class OverlayHistoryTest {
  private static final int HISTORIES = 100;
  private static final int STEPS = 30;
  private static final String HOSTNAME = "n0";
  private static final List<String> POOLS =
      List.of("10.0.0.0/8", "10.0.0.0/16", "0.0.0.0/0", "128.0.0.0/1", "fd00::/64", "::/0");
  private static final List<Cidr> EXTERNAL =
      Stream.of("192.0.2.1/32", "198.51.100.0/24", "2001:db8::/32", "0.0.0.0/0", "192.0.2.1/32")
          .map(Cidr::parse)
          .toList();

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void everyHistoryEndsAsAFreshStart(IpVersion version) {
    for (long seed = 0; seed < HISTORIES; seed++) {
      new History(seed, version).run();
    }
  }

  /** The managers of a family, and what they desire. */
  private static final class Host {
    final RecordingIpSets sets;
    final Map<Table, Map<String, Chain>> chains = new EnumMap<>(Table.class);
    final Map<Table, Map<String, List<Rule>>> hooks = new EnumMap<>(Table.class);
    private final List<Manager> managers;

    Host(IpVersion version, boolean hostsAreExcepted, List<Cidr> external) {
      sets = new RecordingIpSets(version);
      var wishes = new EnumMap<Table, TableWishes>(Table.class);
      for (var table : Table.values()) {
        var ofChains = new RecordingDesired<String, Chain>();
        var ofHooks = new RecordingDesired<String, List<Rule>>();
        chains.put(table, ofChains.desired);
        hooks.put(table, ofHooks.desired);
        wishes.put(table, new TableWishes(ofChains, ofHooks));
      }
      managers =
          List.of(
              new StaticChainsManager(
                  renderer(version), new OverlayView(version, HOSTNAME), wishes),
              new IpPoolSets(sets),
              new HostSets(version, HOSTNAME, external, hostsAreExcepted, sets));
    }

    void absorb(DataplaneDelta delta) {
      managers.forEach(manager -> manager.absorb(delta));
    }
  }

  private static StaticChains renderer(IpVersion version) {
    return new StaticChains(RuleSettings.defaults(), new FullyRandom(true, true), version);
  }

  private static final class History {
    private final long seed;
    private final IpVersion version;
    private final Random random;
    private final boolean hostsAreExcepted;
    private final List<Cidr> external;
    private final Host host;
    private final DeltaBuilder cluster = new DeltaBuilder();
    private final Map<Cidr, IpPool> pools = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Vtep> vteps = new HashMap<>();
    private Encapsulations inUse = Encapsulations.NONE;

    History(long seed, IpVersion version) {
      this.seed = seed;
      this.version = version;
      this.random = new Random(seed);
      this.hostsAreExcepted = random.nextBoolean();
      this.external = EXTERNAL.subList(0, random.nextInt(EXTERNAL.size() + 1));
      this.host = new Host(version, hostsAreExcepted, external);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          change();
        }
        host.absorb(cluster.take());
        assertIsAsTheStateSays(step);
      }
      var fresh = new Host(version, hostsAreExcepted, external);
      fresh.absorb(cluster.snapshot());
      assertThat(host.sets.desired).as("seed %d", seed).isEqualTo(fresh.sets.desired);
      assertThat(host.chains).as("seed %d", seed).isEqualTo(fresh.chains);
      assertThat(host.hooks).as("seed %d", seed).isEqualTo(fresh.hooks);
    }

    private void change() {
      switch (random.nextInt(4)) {
        case 0 -> {
          inUse = new Encapsulations(random.nextBoolean(), random.nextBoolean());
          cluster.encapsulations(inUse.ipip(), inUse.vxlan());
        }
        case 1 -> {
          String cidr = POOLS.get(random.nextInt(POOLS.size()));
          IpPool pool = random.nextInt(3) == 0 ? null : anyPool(cidr);
          cluster.pool(cidr, pool);
          keep(pools, Cidr.parse(cidr), pool);
        }
        case 2 -> {
          String name = "n" + random.nextInt(4);
          Node node = random.nextInt(3) == 0 ? null : anyNode();
          cluster.node(name, node);
          keep(nodes, name, node);
        }
        default -> {
          String name = "n" + random.nextInt(4);
          Vtep vtep = random.nextInt(3) == 0 ? null : anyVtep();
          cluster.vtep(name, vtep);
          keep(vteps, name, vtep);
        }
      }
    }

    private IpPool anyPool(String cidr) {
      return new IpPool(Cidr.parse(cidr), Encapsulation.IPIP, false, random.nextBoolean());
    }

    private Node anyNode() {
      return new Node(
          random.nextInt(4) == 0 ? null : new HostAddress(anyAddress(), 24),
          random.nextBoolean() ? null : new HostAddress(Ip.parse("2001:db8::1"), 64),
          random.nextBoolean() ? null : Ip.parse("10.0.0.1"),
          random.nextBoolean() ? null : Ip.parse("10.0.0.2"),
          null);
    }

    private Vtep anyVtep() {
      return new Vtep(Ip.parse("10.0.0.2"), MacAddress.parse("02:00:00:00:00:01"), anyAddress());
    }

    /** Few, so that hosts often share one. */
    private Ip anyAddress() {
      return Ip.parse("192.0.2." + (1 + random.nextInt(3)));
    }

    private void assertIsAsTheStateSays(int step) {
      assertThat(host.sets.desired).as("seed %d, step %d", seed, step).isEqualTo(naiveSets());
      for (var table : Table.values()) {
        var contents = renderer(version).of(table, naiveOverlay());
        assertThat(host.chains.get(table))
            .as("seed %d, step %d", seed, step)
            .isEqualTo(contents.chains());
        assertThat(host.hooks.get(table)).isEqualTo(contents.hooks());
      }
    }

    private Map<String, Set<IpSetMember>> naiveSets() {
      boolean wrapped = version == IpVersion.V4;
      var sets = new TreeMap<String, Set<IpSetMember>>();
      sets.put("all-ipam-pools", members(pools.keySet().stream()));
      sets.put(
          "masq-ipam-pools",
          members(pools.values().stream().filter(IpPool::natOutgoing).map(IpPool::cidr)));
      if (hostsAreExcepted || (wrapped && inUse.ipip())) {
        var addresses = new ArrayList<>(external);
        for (var node : nodes.values()) {
          var address = node.address(version);
          if (address != null) {
            addresses.add(address.ip().toCidr());
          }
        }
        sets.put("all-hosts-net", members(addresses.stream()));
      }
      if (wrapped && inUse.vxlan()) {
        var addresses = new ArrayList<>(external);
        vteps.forEach(
            (name, vtep) -> {
              if (!name.equals(HOSTNAME)) {
                addresses.add(vtep.hostAddress().toCidr());
              }
            });
        sets.put("all-vxlan-net", members(addresses.stream()));
      }
      return sets;
    }

    private Set<IpSetMember> members(Stream<Cidr> networks) {
      var members = new HashSet<IpSetMember>();
      networks
          .filter(network -> network.version() == version)
          .flatMap(History::withoutZeroLength)
          .forEach(network -> members.add(new IpSetMember.Net(network)));
      return members;
    }

    private static Stream<Cidr> withoutZeroLength(Cidr network) {
      return switch (network.toString()) {
        case "0.0.0.0/0" -> Stream.of("0.0.0.0/1", "128.0.0.0/1").map(Cidr::parse);
        case "::/0" -> Stream.of("::/1", "8000::/1").map(Cidr::parse);
        default -> Stream.of(network);
      };
    }

    private OverlayState naiveOverlay() {
      boolean natOutgoing =
          pools.values().stream()
              .anyMatch(pool -> pool.natOutgoing() && pool.cidr().version() == version);
      if (version == IpVersion.V6) {
        return new OverlayState(Encapsulations.NONE, List.of(), natOutgoing);
      }
      var tunnels = new ArrayList<String>();
      var own = nodes.get(HOSTNAME);
      if (own != null && own.ipipTunnelAddress() != null && inUse.ipip()) {
        tunnels.add("tunl0");
      }
      if (own != null && own.vxlanTunnelAddress() != null && inUse.vxlan()) {
        tunnels.add("vxlan.calico");
      }
      return new OverlayState(inUse, tunnels, natOutgoing);
    }

    private static <K, V> void keep(Map<K, V> state, K key, @Nullable V value) {
      if (value == null) {
        state.remove(key);
      } else {
        state.put(key, value);
      }
    }
  }
}
