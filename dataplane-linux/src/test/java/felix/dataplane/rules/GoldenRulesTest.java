package felix.dataplane.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.Encapsulations;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.verdict.EncapsulatedTraffic;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The text of the rules against files; with {@code -Dgolden.update=true} the files are rewritten,
 * for their difference to be read.
 */
class GoldenRulesTest {
  /** The static chains whose rules depend on the overlay. */
  private static final Set<String> BY_OVERLAY =
      Set.of(
          "cali-INPUT", "cali-OUTPUT", "cali-PREROUTING", "cali-POSTROUTING", "cali-nat-outgoing");

  /** The chains that depend on what endpoints and services ask for. */
  private static final Set<String> BY_EXTRAS =
      Set.of(
          "POSTROUTING",
          "cali-FORWARD",
          "cali-POSTROUTING",
          "cali-PREROUTING",
          "cali-cidr-block",
          "cali-egress-dscp",
          "cali-fip-dnat",
          "cali-fip-snat",
          "cali-pi-default.logs",
          "cali-pri-calico",
          "cali-rpf-skip");

  @ParameterizedTest
  @CsvSource({
    "matches, V4",
    "matches, V6",
    "blocks, V4",
    "blocks, V6",
    "odd, V4",
    "odd, V6",
    "endpoints, V4"
  })
  void scenario(String name, IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("golden/" + name + ".scenario"));
    var chains = new HostChains(scenario, RuleSettings.defaults(), version).policies(Table.FILTER);
    compare(name, version, text(chains));
  }

  @Test
  void hostEndpointsByTable() {
    var scenario = Scenario.parse(TestFiles.read("golden/hosts.scenario"));
    var host = new HostChains(scenario, RuleSettings.defaults(), IpVersion.V4);
    String tables =
        Arrays.stream(Table.values())
            .filter(table -> table != Table.NAT)
            .map(
                table ->
                    "*"
                        + table.kernelName()
                        + "\n"
                        + text(host.hosts(table))
                        + text(host.policies(table)))
            .collect(joining());
    compare("hosts", IpVersion.V4, tables);
  }

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void allTablesWithUnusualSettings(IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("golden/unusual.scenario"));
    var host = new HostChains(scenario, unusual(), version);
    String tables =
        Arrays.stream(Table.values())
            .map(table -> "*" + table.kernelName() + "\n" + text(host.table(table).values()))
            .collect(joining());
    compare("unusual", version, tables);
  }

  @ParameterizedTest
  @CsvSource({
    "off, V4",
    "ipip, V4",
    "vxlan, V4",
    "both, V4",
    "both-without-address, V4",
    "nat, V4",
    "nat, V6",
    "nat-ports, V4",
    "nat-ports, V6",
    "nat-address, V4",
    "nat-address, V6",
    "nat-address-v6, V6",
    "old-tools, V4",
    "high-port, V4"
  })
  void staticChainsByTheStateOfTheOverlay(String state, IpVersion version) {
    var chains = new StaticChains(overlaySettings(state), random(state), version);
    var text = new StringBuilder();
    for (var table : List.of(Table.RAW, Table.NAT, Table.FILTER)) {
      var contents = chains.of(table, overlay(state));
      text.append('*').append(table.kernelName()).append('\n');
      text.append(
          text(
              contents.chains().values().stream()
                  .filter(chain -> BY_OVERLAY.contains(chain.name()))
                  .toList()));
    }
    compare("overlay-" + state, version, text.toString());
  }

  /** What v3.14 does not have, and floating IPs. */
  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void whatEndpointsAndServicesAskFor(IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("golden/extras.scenario"));
    var services =
        Stream.of("10.96.0.0/12", "198.51.100.7/32", "fd00:96::/108")
            .map(Cidr::parse)
            .filter(network -> network.version() == version)
            .toList();
    var state = new OverlayState(Encapsulations.NONE, List.of(), false, services);
    var host = new HostChains(scenario, extras(), version, state);
    var text = new StringBuilder();
    for (var table : Table.values()) {
      text.append('*').append(table.kernelName()).append('\n');
      var chains = host.table(table).values();
      text.append(text(chains.stream().filter(chain -> BY_EXTRAS.contains(chain.name())).toList()));
    }
    compare("extras", version, text.toString());
  }

  private static OverlayState overlay(String state) {
    var both = List.of("tunl0", "vxlan.calico");
    return switch (state) {
      case "off" -> OverlayState.NONE;
      case "ipip" -> new OverlayState(new Encapsulations(true, false), List.of("tunl0"), false);
      case "vxlan" ->
          new OverlayState(new Encapsulations(false, true), List.of("vxlan.calico"), false);
      case "both", "old-tools", "high-port" ->
          new OverlayState(new Encapsulations(true, true), both, true);
      case "both-without-address" ->
          new OverlayState(new Encapsulations(true, true), List.of(), false);
      default -> new OverlayState(Encapsulations.NONE, List.of(), true);
    };
  }

  private static FullyRandom random(String state) {
    return switch (state) {
      case "old-tools" -> new FullyRandom(false, false);
      case "nat-address" -> new FullyRandom(false, true);
      default -> new FullyRandom(true, false);
    };
  }

  private static RuleSettings overlaySettings(String state) {
    var ports = new PortRange(10_000, 20_000);
    return switch (state) {
      case "nat-ports" -> with(4789, new RuleSettings.NatOutgoing(ports, null, "eth0", true));
      case "nat-address" ->
          with(4789, new RuleSettings.NatOutgoing(ports, Ip.parse("192.0.2.1"), "", false));
      case "nat-address-v6" ->
          with(4789, new RuleSettings.NatOutgoing(ports, Ip.parse("2001:db8::1"), "", false));
      case "high-port" -> with(64_000, RuleSettings.defaults().nat());
      default -> RuleSettings.defaults();
    };
  }

  private static RuleSettings with(int vxlanPort, RuleSettings.NatOutgoing nat) {
    var defaults = RuleSettings.defaults();
    return new RuleSettings(
        defaults.marks(),
        defaults.interfacePrefixes(),
        defaults.verdicts(),
        defaults.endpointToHost(),
        defaults.log(),
        new EncapsulatedTraffic(vxlanPort, false, false),
        nat,
        true,
        defaults.failsafePorts(),
        defaults.extras());
  }

  private static RuleSettings extras() {
    var defaults = RuleSettings.defaults();
    return new RuleSettings(
        defaults.marks(),
        defaults.interfacePrefixes(),
        defaults.verdicts(),
        defaults.endpointToHost(),
        new LogRules("%t|%k|%p", LogLimit.parse("10/minute", 5)),
        defaults.encapsulated(),
        defaults.nat(),
        defaults.dropInvalid(),
        defaults.failsafePorts(),
        new RuleSettings.Extras(true, true, ServiceLoops.REJECT));
  }

  private static RuleSettings unusual() {
    return new RuleSettings(
        MarkBits.fromMask(0x5500),
        List.of("cali", "a-long-prefix-x"),
        new RuleSettings.Verdicts(AllowAction.RETURN, AllowAction.RETURN, DenyAction.REJECT),
        EndpointToHostAction.RETURN,
        new LogRules("say \"no\"", null),
        new EncapsulatedTraffic(64000, false, false),
        RuleSettings.defaults().nat(),
        false,
        new RuleSettings.FailsafePorts(
            List.of(
                new FailsafePort(Protocol.TCP, 22),
                new FailsafePort(Protocol.UDP, Cidr.parse("10.0.0.0/8"), 68)),
            List.of(new FailsafePort(Protocol.UDP, Cidr.parse("fd00::/8"), 53))),
        RuleSettings.defaults().extras());
  }

  private static String text(Collection<Chain> chains) {
    var text = new StringBuilder();
    for (var chain : chains) {
      text.append(':').append(chain.name()).append('\n');
      for (var rule : RuleText.render(chain)) {
        text.append("-A ").append(chain.name()).append(' ').append(rule.spec()).append('\n');
      }
    }
    return text.toString();
  }

  private static void compare(String name, IpVersion version, String text) {
    String file = "golden/" + name + ".v" + version.number() + ".txt";
    if (Boolean.getBoolean("golden.update")) {
      TestFiles.write(file, text);
    }
    assertThat(text).isEqualTo(TestFiles.read(file));
  }
}
