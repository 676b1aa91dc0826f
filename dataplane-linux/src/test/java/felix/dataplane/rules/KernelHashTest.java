package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.Encapsulations;
import felix.model.IpVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against kernels that Go Felix v3.14 had programmed, with a pool that uses VXLAN and outgoing NAT.
 * The hashes in the comments are made of the text that was written, so equal ones prove our text
 * byte by byte, and that each agent takes the other's rules for its own.
 *
 * <p>Left out are the rules that v3.14 has not ({@link #isKnownToV3_14}); with VXLAN the hashes of
 * those behind them differ from v3.14's in a kernel.
 */
class KernelHashTest {
  private static final OverlayState VXLAN =
      new OverlayState(new Encapsulations(false, true), List.of("vxlan.calico"), true);
  private static final OverlayState IPIP =
      new OverlayState(new Encapsulations(true, false), List.of("tunl0"), true);

  @ParameterizedTest
  @CsvSource({
    "bookstore, V4",
    "bookstore, V6",
    "world-1, V4",
    "world-1, V6",
    "ipv6-1, V4",
    "ipv6-1, V6"
  })
  void filterTableIsThatOfGoFelix(String world, IpVersion version) {
    var ours = hashes(chains(world, version).table(Table.FILTER).values());
    var kernel = KernelDump.read("kernel/" + world + ".txt").hashes(version, Table.FILTER);
    assertSame(ours, kernel);
  }

  @ParameterizedTest
  @CsvSource({"bookstore, V4", "bookstore, V6", "world-1, V4", "world-1, V6"})
  void otherTablesAreThoseOfGoFelix(String world, IpVersion version) {
    var dump = KernelDump.read("kernel/" + world + ".txt");
    for (var table : List.of(Table.RAW, Table.MANGLE, Table.NAT)) {
      var ours = hashes(chains(world, version).table(table).values());
      assertSame(ours, dump.hashes(version, table));
    }
  }

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void chainsOfFloatingIpsAreThoseOfGoFelix(IpVersion version) {
    var kernel = KernelDump.read("kernel/floating.txt").hashes(version, Table.NAT);
    var ours = hashes(chains("floating", version).table(Table.NAT).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel).hasSize(2);
  }

  /** The file is put together from listings that users of IPIP published. */
  @ParameterizedTest
  @CsvSource({"FILTER, 2", "NAT, 2"})
  void chainsWithIpipAreThoseOfGoFelix(Table table, int chains) {
    var kernel = KernelDump.read("kernel/ipip.txt").hashes(IpVersion.V4, table);
    var host = new HostChains(Scenario.parse(""), RuleSettings.defaults(), IpVersion.V4, IPIP);
    var ours = hashes(host.table(table).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel).hasSize(chains);
  }

  /** A world with host endpoints; only the chains that have nothing to do with them. */
  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void policyAndWorkloadChainsOfHostEndpointWorldAreThoseOfGoFelix(IpVersion version) {
    var kernel = KernelDump.read("kernel/host-1.txt").hashes(version, Table.FILTER);
    var ours = hashes(chains("host-1", version).table(Table.FILTER).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel);
  }

  /** An interface with policies of every stage, and all others with the same. */
  @ParameterizedTest
  @CsvSource({"RAW, V4", "RAW, V6", "MANGLE, V4", "MANGLE, V6", "FILTER, V4", "FILTER, V6"})
  void hostEndpointChainsAreThoseOfGoFelix(Table table, IpVersion version) {
    var kernel = KernelDump.read("kernel/host-2.txt").hashes(version, table);
    var host = chains("host-2", version);
    var ours = hashes(host.table(table).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel);
    assertThat(kernel.keySet()).containsAll(host.hosts(table).stream().map(Chain::name).toList());
  }

  private static void assertSame(Map<String, List<String>> ours, Map<String, List<String>> kernel) {
    var theirs = new TreeMap<>(kernel);
    theirs.keySet().removeIf(name -> !name.startsWith("cali-") && !ours.containsKey(name));
    assertThat(ours).isEqualTo(theirs);
  }

  private static HostChains chains(String world, IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("kernel/" + world + ".scenario"));
    var overlay = version == IpVersion.V4 ? VXLAN : OverlayState.NONE;
    return new HostChains(scenario, RuleSettings.defaults(), version, overlay);
  }

  private static Map<String, List<String>> hashes(Iterable<Chain> chains) {
    var hashes = new TreeMap<String, List<String>>();
    for (var chain : chains) {
      var known = chain.rules().stream().filter(KernelHashTest::isKnownToV3_14).toList();
      var rendered = RuleText.render(new Chain(chain.name(), known));
      hashes.put(chain.name(), rendered.stream().map(RenderedRule::hash).toList());
    }
    return hashes;
  }

  /** Today's Felix leaves VXLAN untracked, and keeps its port from being taken by others. */
  private static boolean isKnownToV3_14(Rule rule) {
    boolean ofAll = rule.matches().stream().noneMatch(Match.MarkSet.class::isInstance);
    return !(rule.action() instanceof Action.NoTrack && ofAll)
        && !(rule.action() instanceof Action.Masquerade masquerade && masquerade.ports() != null);
  }
}
