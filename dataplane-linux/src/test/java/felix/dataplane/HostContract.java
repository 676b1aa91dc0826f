package felix.dataplane;

import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.ScenarioTest.fill;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.iptables.HostTables;
import felix.dataplane.rules.Table;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent brings to a host, run on fakes and on the kernel with both kinds of tables. */
abstract class HostContract {
  private final DeltaBuilder cluster = new DeltaBuilder();
  private TestHost host;

  /** A host that nothing was done to. */
  abstract TestHost newHost();

  @BeforeEach
  void makeHost() {
    host = newHost();
  }

  /** Leaves what any host has that the agent runs on: chains, but no workload. */
  @AfterEach
  void emptyHost() {
    var last = new AgentWithoutThreads(host);
    last.send(new DeltaBuilder().take());
    last.pass(Duration.ofSeconds(30));
    host.close();
  }

  private AgentWithoutThreads runTwoWorkloads() {
    host.addRunningLink("cali1");
    host.addRunningLink("cali2");
    var agent = new AgentWithoutThreads(host);
    fill(cluster);
    agent.send(cluster.take());
    assertThat(agent.status.isInSync()).as(agent.status.kernelWrites().toString()).isTrue();
    return agent;
  }

  @Test
  void theHostHoldsWhatTwoWorkloadsNeed() {
    runTwoWorkloads();
    assertSameAsFile(host.dump(), "two-workloads.txt");
  }

  @Test
  void anotherProcessWithEqualDataWritesNothing() {
    runTwoWorkloads();
    var second = new AgentWithoutThreads(host);
    second.send(cluster.snapshot());
    second.pass(Duration.ofSeconds(100));
    assertThat(second.status.isInSync()).isTrue();
    assertThat(second.writes()).as(second.status.kernelWrites().toString()).isZero();
  }

  @Test
  void changesLeadToTheSameAsAStartWithTheirResult() {
    var agent = runTwoWorkloads();
    String before = host.dump();
    host.addRunningLink("cali3");
    cluster
        .workload("c", workload("cali3", "calico", "web", "10.0.0.3/32", "fd00::3/128"))
        .workload("a", null)
        .noIpSet("s:web")
        .policy("web", DeltaBuilder.denyAll());
    agent.send(cluster.take());
    assertThat(host.dump()).isNotEqualTo(before);
    cluster.workload("c", null);
    fill(cluster);
    agent.send(cluster.take());
    agent.pass(Duration.ofSeconds(20));
    assertThat(host.dump()).isEqualTo(before);
  }

  /** Sets come before the rules that name them and go after them, or one of both is refused. */
  @Test
  void rulesAndSetsOfTheOverlayComeAndGo() {
    var agent = runTwoWorkloads();
    String before = host.dump();
    fillOverlay(cluster);
    agent.send(cluster.take());
    assertThat(host.dump())
        .contains(
            "v4 filter cali-INPUT PajejrV4aFdkZojI", // IPIP from known hosts, as v3.14 has it
            "v4 nat cali-nat-outgoing flqWnvo8yq4ULQLa", // MASQUERADE --random-fully
            "set cali40all-hosts-net holds 192.0.2.2",
            "set cali40all-vxlan-net holds 192.0.2.2",
            "set cali40masq-ipam-pools holds 10.0.0.0/16",
            "set cali60masq-ipam-pools holds fd00::/64")
        .doesNotContain("cali60all-hosts-net", "cali60all-vxlan-net");

    emptyOverlay(cluster);
    agent.send(cluster.take());
    assertThat(host.dump()).isEqualTo(before);
  }

  @Test
  void whatAnOverlayLeftIsSweptByAProcessThatKnowsNone() {
    var agent = runTwoWorkloads();
    String before = host.dump();
    fillOverlay(cluster);
    agent.send(cluster.take());
    emptyOverlay(cluster);
    var second = new AgentWithoutThreads(host);
    second.send(cluster.snapshot());
    second.pass(Duration.ofSeconds(30));
    assertThat(host.dump()).isEqualTo(before);
  }

  private static void fillOverlay(DeltaBuilder cluster) {
    var address = new HostAddress(Ip.parse("192.0.2.2"), 24);
    var ours = new HostAddress(Ip.parse("192.0.2.1"), 24);
    cluster
        .encapsulations(true, true)
        .pool("10.0.0.0/16", pool("10.0.0.0/16"))
        .pool("fd00::/64", pool("fd00::/64"))
        .node("", new Node(ours, null, Ip.parse("10.0.1.0"), Ip.parse("10.0.1.1"), null))
        .node("other", new Node(address, null, null, null, null))
        .vtep(
            "other",
            new Vtep(Ip.parse("10.0.2.0"), MacAddress.parse("02:00:00:00:00:02"), address.ip()));
  }

  private static void emptyOverlay(DeltaBuilder cluster) {
    cluster
        .encapsulations(false, false)
        .pool("10.0.0.0/16", null)
        .pool("fd00::/64", null)
        .node("", null)
        .node("other", null)
        .vtep("other", null);
  }

  private static IpPool pool(String cidr) {
    return new IpPool(Cidr.parse(cidr), Encapsulation.NONE, false, true);
  }

  @Test
  void uninstallTakesAllThatItListedAndTheSecondFindsNothing() throws InterruptedException {
    uninstall(new ArrayList<>()).remove();
    String before = host.dump();
    runTwoWorkloads();
    fillOverlay(cluster);
    new AgentWithoutThreads(host).send(cluster.snapshot());
    String full = host.dump();

    var listed = new ArrayList<String>();
    assertThat(uninstall(listed).list()).isTrue();
    assertThat(host.dump()).as("after a dry run").isEqualTo(full);
    assertThat(listed)
        .anyMatch(line -> line.endsWith(" filter chain cali-tw-cali1"))
        .anyMatch(line -> line.contains(" nat rule POSTROUTING "))
        .contains(
            "route 10.0.0.1/32 dev cali1 proto 3",
            "neighbour 10.0.0.1 dev cali1",
            "ipset cali40masq-ipam-pools");

    var removed = new ArrayList<String>();
    assertThat(uninstall(removed).remove()).isTrue();
    assertThat(removed).isEqualTo(listed);
    assertThat(host.dump()).isEqualTo(before).doesNotContain("cali-", "set cali");

    var again = new ArrayList<String>();
    assertThat(uninstall(again).remove()).isTrue();
    assertThat(again).isEmpty();
  }

  private Uninstall uninstall(List<String> lines) {
    Kernel kernel = host.kernel();
    var tables =
        Stream.of(IpVersion.values())
            .map(version -> new HostTables(kernel.tools().apply(version), List.of(Table.values())))
            .toList();
    var assembly =
        new UninstallAssembly(DataplaneSettings.defaults(), kernel, Path.of("/nowhere/status"));
    return new Uninstall(
        assembly.sweeps(tables),
        lines::add,
        trouble -> {
          throw new AssertionError(trouble);
        });
  }

  @Test
  void anInterfaceThatIsMadeAnewGetsItsRoutes() {
    var agent = runTwoWorkloads();
    String before = host.dump();
    host.lab.delete("cali1");
    agent.hear();
    assertThat(host.dump()).isNotEqualTo(before);
    host.addRunningLink("cali1");
    agent.hear();
    assertThat(host.dump()).isEqualTo(before);
    assertThat(host.sysctl("ipv4/conf/cali1/proxy_arp")).isEqualTo("1");
  }

  /** {@code -Dgolden.update=true} writes the file anew. */
  private static void assertSameAsFile(String dump, String name) {
    var file = Path.of("src/test/resources/felix/dataplane", name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(file, dump);
      }
      assertThat(dump).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
