package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Outcome;
import felix.dataplane.rules.PacketWalk.Verdict;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many rules the filter table has, and how many of them a packet passes: what a change and a
 * packet cost. As many workloads as services, each service with a policy of two rules for what
 * comes in; nobody has one for what goes out.
 */
class PathLengthTest {
  /**
   * The limits of rules are what it is. Those of the ways are what it was with v3.14's shape, where
   * the dispatch has not grown; it had 4,893, 12,049 and 4,133 rules, and 142 on the second way.
   */
  @ParameterizedTest
  @CsvSource({"200, 200, 2110, 30.2", "500, 500, 5194, 33.4", "200, 10, 1370, 30.2"})
  void tablesAreSmallAndPathsShort(int workloads, int services, int mostRules, double longest) {
    var chains = host(workloads, services).table(Table.FILTER);
    int rules = chains.values().stream().mapToInt(chain -> chain.rules().size()).sum();
    var walk = new PacketWalk(chains, new SetMembers(Map.of()), IpVersion.V4);
    double first = 0;
    double known = 0;
    double sent = 0;
    for (int i = 0; i < workloads; i++) {
      first += allowed(walk, "eth0", name(i), Packet.Connection.NEW).rules();
      known += allowed(walk, "eth0", name(i), Packet.Connection.ESTABLISHED).rules();
      sent += allowed(walk, name(i), "eth0", Packet.Connection.NEW).rules();
    }
    assertThat(rules).isLessThanOrEqualTo(mostRules);
    assertThat(first / workloads).isLessThanOrEqualTo(longest);
    assertThat(known / workloads).isLessThanOrEqualTo(longest - 9);
    assertThat(sent / workloads).isLessThanOrEqualTo(longest + 1);
  }

  private static Outcome allowed(
      PacketWalk walk, String in, String out, Packet.Connection connection) {
    var packet =
        new Packet(
            Ip.parse("10.0.0.1"),
            Ip.parse("10.0.0.2"),
            new Packet.Payload(6, 1024, 443, 0, 0),
            new Packet.Way(in, out, connection, false));
    var outcome = walk.from("FORWARD", packet, 0);
    assertThat(outcome.verdict()).isEqualTo(Verdict.ACCEPT);
    return outcome;
  }

  private static HostChains host(int workloads, int services) {
    var text = new StringBuilder("profile calico\n  ingress allow\n  egress allow\n");
    for (int i = 0; i < services; i++) {
      text.append("policy default.svc-").append(i).append('\n');
      text.append(
          "  ingress allow proto tcp to ports 80,443\n  ingress allow proto udp to ports 53\n");
    }
    for (int i = 0; i < workloads; i++) {
      text.append("workload ").append(name(i)).append('\n');
      text.append("  tier default deny in default.svc-").append(i % services).append('\n');
      text.append("  profiles calico\n");
    }
    return new HostChains(Scenario.parse(text.toString()), RuleSettings.defaults(), IpVersion.V4);
  }

  private static String name(int i) {
    return "cali%07x".formatted(i);
  }
}
