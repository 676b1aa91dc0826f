package felix.dataplane.manager;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.FullyRandom;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticChainsManagerTest {
  private final RecordingDesired<String, Chain> filter = new RecordingDesired<>();
  private final RecordingDesired<String, List<Rule>> hooks = new RecordingDesired<>();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private final Manager manager =
      new StaticChainsManager(
          new StaticChains(RuleSettings.defaults(), new FullyRandom(true, true), IpVersion.V4),
          new OverlayView(IpVersion.V4, "us"),
          Map.of(Table.FILTER, new TableWishes(filter, hooks)));

  @Test
  void theFirstDeltaBringsAllChainsAlsoIfItIsEmpty() {
    manager.absorb(cluster.take());
    assertThat(filter.desired).containsKeys("cali-INPUT", "cali-FORWARD", "cali-OUTPUT");
    assertThat(hooks.desired).containsOnlyKeys("INPUT", "FORWARD", "OUTPUT");
  }

  @Test
  void whatDoesNotMatterToTheChainsRendersNothing() {
    cluster.encapsulations(true, false).node("us", node("10.0.0.1"));
    manager.absorb(cluster.take());
    filter.timesSet.clear();
    hooks.timesSet.clear();
    cluster
        .node("us", node("10.0.0.2"))
        .node("other", node("10.0.1.1"))
        .pool("10.0.0.0/16", pool("10.0.0.0/16", false))
        .pool("fd00::/64", pool("fd00::/64", true))
        .policy("web", DeltaBuilder.allowAll());
    manager.absorb(cluster.take());
    assertThat(filter.timesSet).isEmpty();
    assertThat(hooks.timesSet).isEmpty();

    cluster.encapsulations(true, true);
    manager.absorb(cluster.take());
    assertThat(filter.timesSet).containsKey("cali-INPUT");
  }

  @Test
  void servicesAreBlockedWhileThereAreAny() {
    manager.absorb(cluster.take());
    manager.absorb(cluster.serviceNetworks("10.96.0.0/12", "fd00:96::/108").take());
    assertThat(filter.desired)
        .hasEntrySatisfying("cali-cidr-block", chain -> assertThat(chain.rules()).hasSize(1));
    var blocking = filter.desired.get("cali-FORWARD");

    manager.absorb(cluster.serviceNetworks("fd00:96::/108").take());
    assertThat(filter.desired).doesNotContainKey("cali-cidr-block");
    assertThat(filter.desired.get("cali-FORWARD")).isNotEqualTo(blocking);
  }

  private static Node node(String tunnelAddress) {
    return new Node(
        new HostAddress(Ip.parse("192.0.2.1"), 24), null, Ip.parse(tunnelAddress), null, null);
  }

  private static IpPool pool(String cidr, boolean natOutgoing) {
    return new IpPool(Cidr.parse(cidr), Encapsulation.IPIP, false, natOutgoing);
  }
}
