package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.denyAll;
import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.ipset.Members.net;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.FakeKernel;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.model.AddressTranslation;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadExtras;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole kernel side without threads, on a host of fakes. */
class ScenarioTest {
  @TempDir Path folder;
  private final FakeTools fakes = new FakeTools(IptablesBackend.LEGACY);
  private final FakeKernel links = new FakeKernel();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private TestHost host;
  private AgentWithoutThreads agent;

  @BeforeEach
  void start() {
    host = TestHost.ofFakes(fakes, links, folder);
    agent = new AgentWithoutThreads(host);
  }

  /** Allows from the members of a set. */
  static ActiveRules allowFrom(String set) {
    var source =
        new ActiveEntity(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new IpSetId(set)),
            List.of(),
            List.of(),
            List.of());
    var rule =
        new ActiveRule(
            RuleAction.ALLOW,
            null,
            null,
            null,
            null,
            null,
            source,
            ActiveEntity.ANY,
            List.of(),
            RuleOrigin.NONE);
    return new ActiveRules(List.of(rule), List.of());
  }

  /** Two workloads with a profile, the first with a policy that names a set. */
  static void fill(DeltaBuilder cluster) {
    cluster
        .ipSet("s:web", IpSetType.NET, net("10.0.0.2"), net("fd00::2"))
        .policy("web", allowFrom("s:web"))
        .profile("calico", allowAll())
        .workload("a", workload("cali1", "calico", "web", "10.0.0.1/32", "fd00::1/128"))
        .workload("b", workload("cali2", "calico", null, "10.0.0.2/32"));
  }

  private void startWithTwoWorkloads() {
    host.addRunningLink("cali1");
    host.addRunningLink("cali2");
    fill(cluster);
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).isTrue();
    host.commands.take();
  }

  private List<String> routes() {
    return host.dump().lines().filter(line -> line.startsWith("route ")).toList();
  }

  private List<String> tables() {
    return host.dump().lines().filter(line -> line.startsWith("v")).toList();
  }

  private void handRestore(String family, String... lines) {
    CommandResult result =
        fakes.run(List.of(family + "-restore"), String.join("\n", lines) + "\nCOMMIT\n");
    assertThat(result.succeeded()).as(result.errors()).isTrue();
  }

  @Test
  void nothingIsWrittenBeforeTheFirstDelta() {
    host.addRunningLink("cali1");
    agent.hear();
    agent.pass(Duration.ofMinutes(5));
    assertThat(host.commands.take()).isEmpty();
    assertThat(agent.status.isInSync()).isFalse();
  }

  @Test
  void oneDeltaBringsAllThatWorkloadsNeed() {
    startWithTwoWorkloads();
    assertThat(host.dump())
        .contains(":cali-tw-cali1\n")
        .contains("set cali40s:web holds 10.0.0.2\n")
        .contains("set cali60s:web holds fd00::2\n")
        .contains("route 10.0.0.1/32 dev cali1\n")
        .contains("route fd00::1/128 dev cali1\n")
        .contains("neighbour 10.0.0.1 dev cali1 02:00:00:00:00:01\n");
    assertThat(host.sysctl("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
    assertThat(host.sysctl("ipv6/conf/cali1/forwarding")).isEqualTo("1");
  }

  @Test
  void anotherProcessWithUnchangedDataWritesNothing() {
    startWithTwoWorkloads();
    String before = host.dump();
    agent = new AgentWithoutThreads(host);
    agent.send(cluster.snapshot());
    agent.pass(Duration.ofMinutes(5));
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(agent.kernelWrites()).isNotEmpty().allSatisfy((d, n) -> assertThat(n).isZero());
    assertThat(host.dump()).isEqualTo(before);
  }

  @Test
  void aChangedPolicyIsOneRestoreATableAtOnceAndNoRead() {
    startWithTwoWorkloads();
    cluster.policy("web", denyAll());
    agent.send(cluster.take());
    assertThat(host.commands.take())
        .containsExactlyInAnyOrder("v4-restore *filter", "v6-restore *filter");
    assertThat(agent.status.isInSync()).isTrue();
  }

  @Test
  void aPolicyWithANewSetBringsItBeforeItsRulesAndTakesTheOldOnesWhenBothFamiliesAreServed() {
    startWithTwoWorkloads();
    cluster.ipSet("s:db", IpSetType.NET, net("10.0.0.9")).policy("web", allowFrom("s:db"));
    cluster.noIpSet("s:web");
    agent.send(cluster.take());
    assertThat(host.commands.take())
        .containsExactly(
            "ipset change", // the new set; there are no members of this family
            "v6-restore *filter",
            "ipset change", // the new set
            "ipset change", // its members
            "v4-restore *filter",
            "ipset change", // the old ones
            "ipset change");
    assertThat(fakes.ipset.names())
        .contains("cali40s:db", "cali60s:db")
        .doesNotContain("cali40s:web", "cali60s:web");
  }

  @Test
  void aNewWorkloadTouchesTheFilterTableAndItsInterface() {
    startWithTwoWorkloads();
    var before = agent.kernelWrites();
    host.addRunningLink("cali3");
    cluster.workload("c", workload("cali3", "calico", "web", "10.0.0.3/32", "fd00::3/128"));
    agent.send(cluster.take());
    assertThat(host.commands.take())
        .containsExactlyInAnyOrder("v4-restore *filter", "v6-restore *filter");
    var touched =
        agent.kernelWrites().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
            .map(entry -> entry.getKey())
            .toList();
    assertThat(touched)
        .containsExactlyInAnyOrder(
            "iptables filter v4",
            "iptables filter v6",
            "neighbours v4",
            "neighbours v6",
            "routes v4",
            "routes v6",
            "sysctls v4",
            "sysctls v6");
  }

  @Test
  void whatIsRemovedLeavesNothing() {
    agent.send(cluster.take());
    String empty = host.dump();
    startWithTwoWorkloads();
    cluster
        .workload("a", null)
        .workload("b", null)
        .policy("web", null)
        .profile("calico", null)
        .noIpSet("s:web");
    agent.send(cluster.take());
    agent.pass(Duration.ofSeconds(20));
    assertThat(host.dump()).isEqualTo(empty);
  }

  /** Sets, chains and rules that lead there, in an order that the kernel takes. */
  @Test
  void whatWorkloadsAskForComesAndGoesWithThem() {
    startWithTwoWorkloads();
    String before = host.dump();
    cluster
        .serviceNetworks("10.96.0.0/12", "fd00:96::/108")
        .workload("a", asking(workload("cali1", "calico", "web", "10.0.0.1/32", "fd00::1/128")));
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(host.dump())
        .contains("route 203.0.113.1/32 dev cali1\n")
        .contains("v4 nat cali-fip-dnat ")
        .contains("cali-cidr-block")
        .contains("cali-egress-dscp")
        .contains("set cali40dscp-src-net holds 10.0.0.1\n");

    agent = new AgentWithoutThreads(host);
    agent.send(cluster.snapshot());
    agent.pass(Duration.ofMinutes(5));
    assertThat(agent.kernelWrites()).isNotEmpty().allSatisfy((d, n) -> assertThat(n).isZero());

    cluster
        .serviceNetworks()
        .workload("a", workload("cali1", "calico", "web", "10.0.0.1/32", "fd00::1/128"));
    agent.send(cluster.take());
    agent.pass(Duration.ofSeconds(20));
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(host.dump()).isEqualTo(before);
  }

  private static ActiveWorkload asking(ActiveWorkload workload) {
    var translation = new AddressTranslation(Ip.parse("10.0.0.1"), Ip.parse("203.0.113.1"));
    return new ActiveWorkload(
        workload.interfaceName(),
        workload.networks(),
        workload.mac(),
        workload.tiers(),
        workload.profiles(),
        new WorkloadExtras(List.of(translation), List.of(), 46));
  }

  @Test
  void whatIsFlushedByHandComesBackWithTheNextRefresh() {
    startWithTwoWorkloads();
    String before = host.dump();
    handRestore("v4", "*filter", ":cali-tw-cali1 - [0:0]", "-F FORWARD");
    fakes.ipset.restore("flush cali40s:web");
    assertThat(host.dump()).isNotEqualTo(before);
    agent.pass(Duration.ofSeconds(100));
    assertThat(host.dump()).isEqualTo(before);
  }

  @Test
  void anInterfaceThatGoesDownAndComesUpGetsItsRoutesBack() {
    startWithTwoWorkloads();
    String before = host.dump();
    links.down("cali1");
    agent.hear();
    assertThat(routes()).containsExactly("route 10.0.0.2/32 dev cali2");
    assertThat(agent.status.isInSync()).as("nothing that could be done").isTrue();
    links.up("cali1");
    agent.hear();
    assertThat(host.dump()).isEqualTo(before);
  }

  @Test
  void anInterfaceThatComesAfterItsWorkloadGetsRoutesAndSysctls() {
    host.addRunningLink("cali2");
    fill(cluster);
    agent.send(cluster.take());
    assertThat(routes()).containsExactly("route 10.0.0.2/32 dev cali2");
    host.addRunningLink("cali1");
    agent.hear();
    assertThat(routes()).hasSize(3);
    assertThat(host.sysctl("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  @Test
  void anInterfaceThatIsNoWorkloadsIsLeftAloneWhateverAnEndpointSays() {
    host.addRunningLink("eth0");
    cluster
        .profile("calico", allowAll())
        .workload("a", workload("eth0", "calico", null, "10.0.0.1/32", "fd00::1/128"));
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(agent.kernelWrites())
        .containsEntry("routes v4", 0L)
        .containsEntry("routes v6", 0L)
        .containsEntry("neighbours v4", 0L);
    assertThat(host.sysctl("ipv4/conf/eth0/proxy_arp")).isEqualTo("0");
    assertThat(host.sysctl("ipv6/conf/eth0/forwarding")).isEqualTo("0");
  }

  @Test
  void whileTheDatastoreIsNotReadyNothingIsWrittenAndNothingForgotten() {
    startWithTwoWorkloads();
    String before = host.dump();
    cluster.ready(false).workload("b", null).policy("web", denyAll());
    agent.send(cluster.take());
    agent.pass(Duration.ofMinutes(5));
    assertThat(host.commands.take()).isEmpty();
    assertThat(host.dump()).isEqualTo(before);
    assertThat(agent.status.isInSync()).isFalse();

    cluster.ready(true);
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(host.dump()).doesNotContain("cali2");
  }

  @Test
  void theSecondOfTwoEndpointsWithOneInterfaceGetsItOnceTheFirstIsGone() {
    host.addRunningLink("cali1");
    cluster
        .profile("calico", allowAll())
        .workload("b", workload("cali1", "calico", null, "10.0.0.2/32"));
    agent.send(cluster.take());
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    agent.send(cluster.take());
    agent.pass(Duration.ofSeconds(20)); // routes of new interfaces are spared for a while
    assertThat(routes()).containsExactly("route 10.0.0.1/32 dev cali1");
    cluster.workload("a", null);
    agent.send(cluster.take());
    assertThat(routes()).containsExactly("route 10.0.0.2/32 dev cali1");
  }

  @Test
  void tablesWaitForSetsThatCannotBeMade() {
    startWithTwoWorkloads();
    var before = tables();
    fakes.ipset.refuse(1_000);
    cluster.ipSet("s:db", IpSetType.NET, net("10.0.0.9")).policy("web", allowFrom("s:db"));
    agent.send(cluster.take());
    agent.pass(Duration.ofSeconds(5));
    assertThat(tables()).isEqualTo(before);
    assertThat(agent.status.isInSync()).isFalse();

    fakes.ipset.refuse(0);
    agent.pass(Duration.ofSeconds(20));
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(tables()).isNotEqualTo(before);
  }

  @Test
  void aRestoreThatIsRefusedIsRetried() {
    startWithTwoWorkloads();
    var refused = new CommandResult(4, "", "Another app is currently holding the xtables lock.");
    fakes.tables(IpVersion.V4).answerRestore(refused, refused, refused);
    cluster.policy("web", denyAll());
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).isFalse();
    agent.pass(Duration.ofSeconds(1));
    assertThat(agent.status.isInSync()).isTrue();
  }
}
