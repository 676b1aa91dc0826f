package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.IpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against kernels that Go Felix v3.14 had programmed. The hashes in the comments are made of the
 * text that was written, so equal ones prove our text byte by byte, and that each agent takes the
 * other's rules for its own.
 */
class KernelHashTest {
  /** In the dumps these hold what comes with VXLAN and outgoing NAT. */
  private static final Set<String> WITH_ENCAPSULATION =
      Set.of("cali-INPUT", "cali-OUTPUT", "cali-POSTROUTING", "cali-nat-outgoing");

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
    assertSame(ours, kernel, version);
  }

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void otherTablesAreThoseOfGoFelix(IpVersion version) {
    var dump = KernelDump.read("kernel/bookstore.txt");
    for (var table : List.of(Table.RAW, Table.MANGLE, Table.NAT)) {
      var ours = hashes(chains("bookstore", version).table(table).values());
      assertSame(ours, dump.hashes(version, table), version);
    }
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

  private static void assertSame(
      Map<String, List<String>> ours, Map<String, List<String>> kernel, IpVersion version) {
    var theirs = new TreeMap<>(kernel);
    theirs.keySet().removeIf(name -> !name.startsWith("cali-") && !ours.containsKey(name));
    if (version == IpVersion.V4) {
      theirs.keySet().removeAll(WITH_ENCAPSULATION);
      ours.keySet().removeAll(WITH_ENCAPSULATION);
    }
    assertThat(ours).isEqualTo(theirs);
  }

  private static HostChains chains(String world, IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("kernel/" + world + ".scenario"));
    return new HostChains(scenario, RuleSettings.defaults(), version);
  }

  private static Map<String, List<String>> hashes(Iterable<Chain> chains) {
    var hashes = new TreeMap<String, List<String>>();
    for (var chain : chains) {
      hashes.put(chain.name(), RuleText.render(chain).stream().map(RenderedRule::hash).toList());
    }
    return hashes;
  }
}
