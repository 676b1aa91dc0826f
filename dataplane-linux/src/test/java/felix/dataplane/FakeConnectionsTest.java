package felix.dataplane;

import static felix.dataplane.DeltaBuilder.workload;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.ConntrackLab;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.FakeConntrack;
import felix.dataplane.netlink.FakeKernel;
import felix.model.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeConnectionsTest extends ConnectionsContract {
  @TempDir Path sysctls;
  private final FakeKernel kernel = new FakeKernel();
  private final FakeTools tools = new FakeTools(IptablesBackend.LEGACY);
  private final FakeConntrack table = kernel.connections();

  @Override
  TestHost newHost() {
    return TestHost.ofFakes(tools, kernel, sysctls);
  }

  @Override
  ConntrackLab table() {
    return table;
  }

  @Test
  void oneListIsEnoughForAllAddressesOfABatch() {
    var agent = startWithMany(20);
    int before = table.lists();

    for (int i = 0; i < 20; i++) {
      cluster.workload("w" + i, null);
    }
    agent.send(cluster.take());

    assertThat(table.lists()).isEqualTo(before + 1);
  }

  @Test
  void nothingIsListedWhileNobodyLeaves() {
    var agent = startWithMany(3);
    agent.pass(Duration.ofMinutes(5));

    assertThat(table.lists()).isZero();
  }

  @Test
  void theAddressLeadsNowhereWhileItIsFreed() {
    var agent = startWithMany(1);
    connect(ONE, WORLD, 1);
    var routes = new ArrayList<List<String>>();
    table.listen(() -> routes.add(interfacesTo(ONE)));

    cluster.workload("w0", null);
    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    agent.send(cluster.take());

    assertThat(routes).containsExactly(List.of());
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
  }

  @Test
  void whatPassesFailsFourTimesAtMostBeforeTheAddressIsGiven() {
    var agent = startWithMany(1);
    connect(ONE, WORLD, 1);
    table.failLists(3);

    cluster.workload("w0", null);
    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    agent.send(cluster.take());

    assertThat(ports()).isEmpty();
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
  }

  @Test
  void anAddressIsGivenThoughItCannotBeFreedAndIsLetAloneThen() {
    var agent = startWithMany(1);
    connect(ONE, WORLD, 1);
    table.failLists(4);

    cluster.workload("w0", null);
    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    agent.send(cluster.take());
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
    agent.pass(Duration.ofMinutes(1));

    assertThat(ports()).containsExactly(1);
    assertThat(agent.status.isInSync()).isTrue();
  }

  @Test
  void anAddressThatNobodyWantsIsFreedAsSoonAsThatIsPossible() {
    var agent = startWithMany(1);
    connect(ONE, WORLD, 1);
    table.refuseDeletions(new Errno(1));

    agent.send(cluster.workload("w0", null).take());
    agent.pass(Duration.ofMinutes(1));
    assertThat(ports()).containsExactly(1);
    assertThat(agent.status.isInSync()).isFalse();
    assertThat(table.lists()).isLessThan(100);

    table.refuseDeletions(new Errno(0));
    agent.pass(Duration.ofMinutes(1));
    assertThat(ports()).isEmpty();
    assertThat(agent.status.isInSync()).isTrue();
  }

  @Test
  void aClaimGivesOneMoreTry() {
    var agent = startWithMany(1);
    connect(ONE, WORLD, 1);
    table.failLists(4);
    agent.send(cluster.workload("w0", null).take());
    assertThat(table.lists()).isEqualTo(4);
    assertThat(ports()).containsExactly(1);

    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    agent.send(cluster.take());

    assertThat(ports()).isEmpty();
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
  }

  @Test
  void nothingIsCutBeforeTheTablesHoldThePolicy() {
    var agent = start(true);
    police(agent, entity(new PortRange(80, 90)));
    connect(WORLD, ONE, 80);
    agent.pass(Duration.ofSeconds(1));
    tools.refuseRestores(true);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(81))).take());
    agent.pass(Duration.ofSeconds(1));
    assertThat(ports()).containsExactly(80);

    tools.refuseRestores(false);
    agent.pass(Duration.ofSeconds(10));
    assertThat(ports()).isEmpty();
  }

  private AgentWithoutThreads startWithMany(int count) {
    var agent = start(false);
    for (int i = 0; i < count; i++) {
      String address = "10.65.0." + (1 + i) + "/32";
      cluster.workload("w" + i, workload(i == 0 ? "cali1" : "cali2", "open", null, address));
      if (i > 1) {
        host.addRunningLink("cali1" + i);
        cluster.workload("w" + i, workload("cali1" + i, "open", null, address));
      }
    }
    agent.send(cluster.take());
    return agent;
  }
}
