package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.Encapsulations;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against kernels that Go Felix v3.14 had programmed, with a pool that uses VXLAN and outgoing NAT.
 * The hashes in the comments are made of the text that was written, so equal ones prove our text
 * byte by byte, and that each agent takes the other's rules for its own.
 *
 * <p>Left out are the chains that decide about workloads, which are shaped otherwise, and the rules
 * that v3.14 has not ({@link #isKnownToV3_14}); with VXLAN the hashes of those behind them differ
 * from v3.14's in a kernel.
 */
class KernelHashTest {
  private static final OverlayState VXLAN =
      new OverlayState(new Encapsulations(false, true), List.of("vxlan.calico"), true);
  private static final OverlayState IPIP =
      new OverlayState(new Encapsulations(true, false), List.of("tunl0"), true);

  private static final Pattern OTHERWISE =
      Pattern.compile("cali-((tw|fw|tg|fg|te|fe|set)-.*|(to|from)-wl-start)");

  private static final Pattern OF_POLICY = Pattern.compile("cali-(pi|po|pri|pro)-.*");

  private static final Map<Action, Action> SETTERS =
      Map.of(
          new Action.Goto(ChainNames.SET_ACCEPT),
          new Action.SetMark(RuleSettings.defaults().marks().accept()),
          new Action.Goto(ChainNames.SET_PASS),
          new Action.SetMark(RuleSettings.defaults().marks().pass()));

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
    var kernel = kernel(world, version, Table.FILTER);
    assertSame(ours, kernel);
  }

  @ParameterizedTest
  @CsvSource({"bookstore, V4", "bookstore, V6", "world-1, V4", "world-1, V6"})
  void otherTablesAreThoseOfGoFelix(String world, IpVersion version) {
    for (var table : List.of(Table.RAW, Table.MANGLE, Table.NAT)) {
      var ours = hashes(chains(world, version).table(table).values());
      assertSame(ours, kernel(world, version, table));
    }
  }

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void chainsOfFloatingIpsAreThoseOfGoFelix(IpVersion version) {
    var kernel = kernel("floating", version, Table.NAT);
    var ours = hashes(chains("floating", version).table(Table.NAT).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel).hasSize(2);
  }

  /** The file is put together from listings that users of IPIP published. */
  @ParameterizedTest
  @CsvSource({"FILTER, 2", "NAT, 2"})
  void chainsWithIpipAreThoseOfGoFelix(Table table, int chains) {
    var kernel = kernel("ipip", IpVersion.V4, table);
    var host = new HostChains(Scenario.parse(""), RuleSettings.defaults(), IpVersion.V4, IPIP);
    var ours = hashes(host.table(table).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel).hasSize(chains);
  }

  /** A world with host endpoints; only the chains that have nothing to do with them. */
  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void policyAndWorkloadChainsOfHostEndpointWorldAreThoseOfGoFelix(IpVersion version) {
    var kernel = kernel("host-1", version, Table.FILTER);
    var ours = hashes(chains("host-1", version).table(Table.FILTER).values());
    ours.keySet().retainAll(kernel.keySet());
    assertThat(ours).isEqualTo(kernel);
  }

  /** An interface with policies of every stage, and all others with the same. */
  @ParameterizedTest
  @CsvSource({"RAW, V4", "RAW, V6", "MANGLE, V4", "MANGLE, V6", "FILTER, V4", "FILTER, V6"})
  void hostEndpointChainsAreThoseOfGoFelix(Table table, IpVersion version) {
    var kernel = kernel("host-2", version, table);
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

  private static Map<String, List<String>> kernel(String world, IpVersion version, Table table) {
    var hashes = new TreeMap<>(KernelDump.read("kernel/" + world + ".txt").hashes(version, table));
    hashes.keySet().removeIf(KernelHashTest::isShapedOtherwise);
    return hashes;
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
      var rendered = RuleText.render(new Chain(chain.name(), withReturns(chain.name(), known)));
      if (!isShapedOtherwise(chain.name())) {
        hashes.put(chain.name(), rendered.stream().map(RenderedRule::hash).toList());
      }
    }
    return hashes;
  }

  /** What decides about workloads: the rules' oracle knows whether it does so rightly. */
  private static boolean isShapedOtherwise(String chain) {
    return OTHERWISE.matcher(chain).matches();
  }

  /** The rules of a policy or profile with what {@link EarlyReturns} leaves out. */
  private static List<Rule> withReturns(String chain, List<Rule> rules) {
    if (!OF_POLICY.matcher(chain).matches()) {
      return rules;
    }
    var longer = new ArrayList<Rule>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var setter = SETTERS.get(rule.action());
      longer.add(setter == null ? rule : new Rule(rule.matches(), setter, rule.comments()));
      boolean isLast = i == rules.size() - 1;
      if (setter != null || (isLast && SETTERS.containsValue(rule.action()))) {
        int bit = ((Action.SetMark) longer.getLast().action()).bits();
        var marked = List.<Match>of(new Match.MarkSet(bit));
        longer.add(new Rule(marked, new Action.Return(), rule.comments()));
      }
    }
    return longer;
  }

  /** Today's Felix leaves VXLAN untracked, and keeps its port from being taken by others. */
  private static boolean isKnownToV3_14(Rule rule) {
    boolean ofAll = rule.matches().stream().noneMatch(Match.MarkSet.class::isInstance);
    return !(rule.action() instanceof Action.NoTrack && ofAll)
        && !(rule.action() instanceof Action.Masquerade masquerade && masquerade.ports() != null);
  }
}
