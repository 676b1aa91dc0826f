package felix.dataplane;

import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.ScenarioTest.fill;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
