package felix.dataplane;

import static felix.dataplane.ScenarioTest.fill;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DataplaneSettings.HostSettings;
import felix.dataplane.DataplaneSettings.RouteLook;
import felix.dataplane.DataplaneSettings.RouteSettings;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.rules.DenyAction;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings that few hosts have set do to a host with two workloads. */
class HostSettingsTest {
  private static final DataplaneSettings DEFAULTS = DataplaneSettings.defaults();

  @TempDir Path sysctls;
  private final FakeTools tools = new FakeTools(IptablesBackend.LEGACY);
  private final FakeKernel kernel = new FakeKernel();
  private Path ipForward;

  @BeforeEach
  void switchForwardingOff() throws IOException {
    ipForward = sysctls.resolve("ipv4/ip_forward");
    Files.createDirectories(sysctls.resolve("ipv4"));
    Files.writeString(ipForward, "0\n");
  }

  private void run(RuleSettings rules, RouteSettings routes, HostSettings host) {
    try (var machine = TestHost.ofFakes(tools, kernel, sysctls)) {
      machine.addRunningLink("cali1");
      machine.addRunningLink("cali2");
      var settings =
          new DataplaneSettings(
              "",
              true,
              rules,
              DEFAULTS.iptables(),
              DEFAULTS.ipSets(),
              routes,
              DEFAULTS.overlay(),
              DEFAULTS.netlink(),
              host);
      var agent = new AgentWithoutThreads(machine, settings);
      var cluster = new DeltaBuilder();
      fill(cluster);
      agent.send(cluster.take());
      agent.pass(Duration.ofSeconds(30));
      assertThat(agent.status.isInSync()).as(agent.status.kernelWrites().toString()).isTrue();
      look();
    }
  }

  private List<RouteMessage> toWorkloads = List.of();

  private void look() {
    try (var netlink = kernel.netlink().connect()) {
      toWorkloads =
          netlink.routes(IpVersion.V4).stream()
              .filter(route -> route.key().destination().toString().startsWith("10.0.0."))
              .toList();
    }
  }

  private void run(RouteSettings routes) {
    run(DEFAULTS.rules(), routes, DEFAULTS.host());
  }

  @Test
  void routesHaveTheMetricThatIsSet() {
    run(DEFAULTS.routes());
    assertThat(toWorkloads).hasSize(2).allMatch(route -> route.key().metric() == 0);
  }

  @Test
  void anotherMetricIsAnotherRoute() {
    run(new RouteSettings(true, new RouteLook(3, null, null, 1024, 0), true, Duration.ZERO));
    assertThat(toWorkloads).hasSize(2).allMatch(route -> route.key().metric() == 1024);
  }

  @Test
  void withoutRouteSyncNoRouteIsWritten() {
    run(new RouteSettings(false, DEFAULTS.routes().look(), true, Duration.ZERO));
    assertThat(toWorkloads).isEmpty();
  }

  @Test
  void forwardingIsSwitchedOnUnlessOthersMust() throws IOException {
    run(DEFAULTS.rules(), DEFAULTS.routes(), new HostSettings(List.of(), false, false, false));
    assertThat(Files.readString(ipForward)).isEqualTo("0\n");
    run(DEFAULTS.routes());
    assertThat(Files.readString(ipForward)).isEqualTo("1\n");
  }

  @Test
  void deniedPacketsAreAnsweredWhereThatIsWanted() {
    run(DEFAULTS.routes());
    String dropping = tools.tables(IpVersion.V4).dump(Table.FILTER);
    assertThat(dropping).contains("-A cali-tw-cali1", "DROP").doesNotContain("REJECT");

    run(rejecting(), DEFAULTS.routes(), DEFAULTS.host());
    String rejecting = tools.tables(IpVersion.V4).dump(Table.FILTER);
    assertThat(rejecting.lines().filter(line -> line.contains("Reject if no profiles matched")))
        .hasSize(4)
        .allMatch(line -> line.contains("REJECT"));
    assertThat(rejecting.lines().filter(line -> line.startsWith("-A cali-tw-")))
        .noneMatch(line -> line.contains("DROP"));
    assertThat(tools.tables(IpVersion.V4).dump(Table.RAW)).doesNotContain("REJECT");
  }

  private static RuleSettings rejecting() {
    RuleSettings all = DEFAULTS.rules();
    var verdicts = all.verdicts();
    return new RuleSettings(
        all.marks(),
        all.interfacePrefixes(),
        new RuleSettings.Verdicts(verdicts.filter(), verdicts.mangle(), DenyAction.REJECT),
        all.endpointToHost(),
        all.log(),
        all.encapsulated(),
        all.nat(),
        all.dropInvalid(),
        all.failsafePorts(),
        all.extras());
  }
}
