package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.delta.Encapsulations;
import felix.delta.IpSetMember;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of packets on a host whose endpoints and services ask for more than policy. */
class WorkloadExtrasTest {
  private static final Scenario SCENARIO = Scenario.parse(TestFiles.read("golden/extras.scenario"));
  private static final SetMembers SETS =
      new SetMembers(
          Map.of(
              FixedIpSets.ALL_POOLS, Set.of(new IpSetMember.Net(Cidr.parse("10.0.0.0/16"))),
              FixedIpSets.DSCP_SOURCES,
                  Set.of(
                      new IpSetMember.Net(Cidr.parse("10.0.0.1/32")),
                      new IpSetMember.Net(Cidr.parse("10.0.0.2/32")))));

  private static RuleSettings settings(boolean spoofing, ServiceLoops loops) {
    var defaults = RuleSettings.defaults();
    return new RuleSettings(
        defaults.marks(),
        defaults.interfacePrefixes(),
        defaults.verdicts(),
        defaults.endpointToHost(),
        defaults.log(),
        defaults.encapsulated(),
        defaults.nat(),
        defaults.dropInvalid(),
        defaults.failsafePorts(),
        new RuleSettings.Extras(true, spoofing, loops));
  }

  private static PacketWalk walk(Table table, RuleSettings settings) {
    var services =
        new OverlayState(
            Encapsulations.NONE, List.of(), false, List.of(Cidr.parse("10.96.0.0/12")));
    var host = new HostChains(SCENARIO, settings, IpVersion.V4, services);
    return new PacketWalk(host.table(table), SETS, IpVersion.V4);
  }

  private static PacketWalk walk(Table table) {
    return walk(table, settings(true, ServiceLoops.DROP));
  }

  private static Packet packet(
      String source, String destination, @Nullable String in, @Nullable String out) {
    return new Packet(
        Ip.parse(source),
        Ip.parse(destination),
        new Packet.Payload(6, 1, 1, 0, 0),
        new Packet.Way(in, out, Packet.Connection.NEW, true));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 10.0.0.1",
    "203.0.113.10, 10.0.0.1",
    "203.0.113.20, 10.0.0.10", // as text before 10.0.0.2
    "203.0.113.21, 10.0.0.10"
  })
  void whatIsSentToAFloatingIpGoesToItsWorkload(String external, String internal) {
    for (var hook : List.of("PREROUTING", "OUTPUT")) {
      var outcome = walk(Table.NAT).from(hook, packet("192.0.2.1", external, null, null), 0);
      assertThat(outcome.translation()).isEqualTo(new Action.DestinationNat(Ip.parse(internal)));
    }
  }

  @Test
  void otherAddressesAreNotTranslated() {
    var outcome =
        walk(Table.NAT).from("PREROUTING", packet("192.0.2.1", "203.0.113.8", "eth0", null), 0);
    assertThat(outcome.translation()).isNull();
  }

  @Test
  void whatAWorkloadSendsToItselfComesFromItsFirstFloatingIp() {
    var walk = walk(Table.NAT);
    assertThat(
            walk.from("POSTROUTING", packet("10.0.0.1", "10.0.0.1", null, "cali01"), 0)
                .translation())
        .isEqualTo(new Action.SourceNat(Ip.parse("203.0.113.10"), null, true));
    assertThat(
            walk.from("POSTROUTING", packet("10.0.0.1", "10.0.0.2", null, "cali02"), 0)
                .translation())
        .isNull();
  }

  /** All of these fail the check of the reverse path. */
  @ParameterizedTest
  @CsvSource({
    "cali01, 10.9.1.1, ACCEPT",
    "cali01, 10.8.1.1, DROP",
    "cali02, 10.9.1.1, DROP",
    "cali03, 192.0.2.1, ACCEPT",
    "cali011, 10.9.1.1, DROP",
    "eth0, 10.9.1.1, UNDECIDED"
  })
  void onlyWhoMaySpoofDoes(String in, String source, Verdict verdict) {
    var outcome = walk(Table.RAW).from("PREROUTING", packet(source, "10.0.0.2", in, null), 0);
    assertThat(outcome.verdict()).isEqualTo(verdict);
  }

  @Test
  void nobodySpoofsWhereItIsNotAllowed() {
    var walk = walk(Table.RAW, settings(false, ServiceLoops.DROP));
    assertThat(walk.from("PREROUTING", packet("10.9.1.1", "10.0.0.2", "cali01", null), 0).verdict())
        .isEqualTo(Verdict.DROP);
  }

  /** A packet to a service's address that comes in and goes out by the router. */
  @ParameterizedTest
  @EnumSource
  void packetsToServicesThatNobodyServesAreNotForwarded(ServiceLoops loops) {
    var walk = walk(Table.FILTER, settings(false, loops));
    var expected = loops == ServiceLoops.DISABLED ? Verdict.UNDECIDED : Verdict.DROP;
    assertThat(walk.from("FORWARD", packet("192.0.2.1", "10.96.1.1", "eth0", "eth0"), 0).verdict())
        .isEqualTo(expected);
    assertThat(walk.from("FORWARD", packet("192.0.2.1", "10.80.1.1", "eth0", "eth0"), 0).verdict())
        .isEqualTo(Verdict.UNDECIDED);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 192.0.2.1, 46",
    "10.0.0.2, 192.0.2.1, 0",
    "10.0.0.10, 192.0.2.1,",
    "10.0.0.1, 10.0.5.5,"
  })
  void whatLeavesTheClusterIsMarked(String source, String destination, @Nullable Integer expected) {
    var outcome =
        walk(Table.MANGLE).from("POSTROUTING", packet(source, destination, null, "eth0"), 0);
    assertThat(outcome.dscp()).isEqualTo(expected);
    assertThat(outcome.verdict()).as("and goes on").isEqualTo(Verdict.UNDECIDED);
  }
}
