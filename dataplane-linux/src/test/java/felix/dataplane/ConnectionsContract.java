package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.workload;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DataplaneSettings.HostSettings;
import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.ConntrackLab;
import felix.dataplane.netlink.ConntrackTuple;
import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.dataplane.netlink.RouteMessage;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which tracked connections the whole dataplane removes, and which not: in memory and on the
 * kernel. Connections are told apart by their destination port.
 */
abstract class ConnectionsContract {
  static final String ONE = "10.65.0.1";
  static final String TWO = "10.65.0.2";
  static final String WORLD = "192.0.2.7";
  private static final int UDP = 17;

  final DeltaBuilder cluster = new DeltaBuilder();
  TestHost host;
  ConntrackLab connections;
  Conntrack observer;

  abstract TestHost newHost();

  abstract ConntrackLab table();

  @BeforeEach
  void open() {
    host = newHost();
    connections = table();
    observer = connections.connect();
    for (String name : List.of("cali0", "cali1", "cali2", "cali3")) {
      host.addRunningLink(name);
    }
    cluster.profile("open", allowAll());
  }

  @AfterEach
  void close() {
    var last = new AgentWithoutThreads(host);
    last.send(new DeltaBuilder().take());
    last.pass(Duration.ofSeconds(30));
    observer.close();
    connections.close();
    host.close();
  }

  AgentWithoutThreads start(boolean cutsDenied) {
    var defaults = DataplaneSettings.defaults();
    var settings =
        new DataplaneSettings(
            "",
            true,
            defaults.rules(),
            defaults.iptables(),
            defaults.ipSets(),
            defaults.routes(),
            defaults.overlay(),
            defaults.netlink(),
            new HostSettings(List.of(), true, false, cutsDenied));
    var agent = new AgentWithoutThreads(host, settings);
    agent.hear();
    return agent;
  }

  private AgentWithoutThreads startWithTwo() {
    var agent = start(false);
    cluster.workload("one", workload("cali1", "open", null, ONE + "/32", "fd00::1/128"));
    cluster.workload("two", workload("cali2", "open", null, TWO + "/32", "fd00::2/128"));
    agent.send(cluster.take());
    return agent;
  }

  @Test
  void connectionsOfAnEndpointThatLeftGoAndOthersStay() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    connect(WORLD, ONE, 2);
    connect(TWO, WORLD, 3);
    connect(TWO, ONE, 4);
    connect("fd00::1", "fd00::7", 5);
    connect("fd00::2", "fd00::7", 6);
    translated(WORLD, "10.96.0.1", ONE, 7);
    translated(WORLD, ONE, TWO, 8);

    agent.send(cluster.workload("one", null).take());

    assertThat(ports()).containsExactlyInAnyOrder(3, 6, 8);
    assertThat(agent.status.isInSync()).isTrue();
  }

  @Test
  void nothingIsRemovedWhileEndpointsStay() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    connect(WORLD, TWO, 2);

    cluster.profile("open", DeltaBuilder.denyAll());
    cluster.workload("two", workload("cali2", "other", null, TWO + "/32", "fd00::2/128"));
    agent.send(cluster.profile("other", allowAll()).take());
    host.lab.down("cali1");
    agent.hear();
    host.lab.up("cali1");
    agent.hear();
    agent.pass(Duration.ofMinutes(3));

    assertThat(ports()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void anAddressThatAnEndpointLosesIsFreed() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    connect("fd00::1", "fd00::7", 2);

    agent.send(cluster.workload("one", workload("cali1", "open", null, "fd00::1/128")).take());

    assertThat(ports()).containsExactly(2);
  }

  @Test
  void anAddressThatIsTakenOverInOneChangeIsFreedFirst() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    connect(TWO, WORLD, 2);

    cluster.workload("one", null);
    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    agent.send(cluster.take());

    assertThat(ports()).containsExactly(2);
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
    assertThat(agent.status.isInSync()).isTrue();
  }

  @Test
  void twoAddressesThatAreSwappedAreFreed() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    connect(TWO, WORLD, 2);

    cluster.workload("one", workload("cali1", "open", null, TWO + "/32"));
    cluster.workload("two", workload("cali2", "open", null, ONE + "/32"));
    agent.send(cluster.take());

    assertThat(ports()).isEmpty();
    assertThat(interfacesTo(ONE)).containsExactly("cali2");
    assertThat(interfacesTo(TWO)).containsExactly("cali1");
  }

  @Test
  void anEndpointThatIsReplacedOnItsInterfaceKeepsItsConnections() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);

    cluster.workload("one", null);
    cluster.workload("renamed", workload("cali1", "open", null, ONE + "/32", "fd00::1/128"));
    agent.send(cluster.take());

    assertThat(ports()).containsExactly(1);
  }

  /** Its interface is older than the one that has the address. */
  @Test
  void anEndpointThatNeverHadTheAddressTakesNothingWithIt() {
    var agent = startWithTwo();
    cluster.workload("late", workload("cali0", "open", null, ONE + "/32"));
    agent.send(cluster.take());
    connect(ONE, WORLD, 1);

    agent.send(cluster.workload("late", null).take());

    assertThat(ports()).containsExactly(1);
    assertThat(interfacesTo(ONE)).containsExactly("cali1");
  }

  @Test
  void connectionsGoWhenANewerInterfaceTakesTheAddressAndWhenItGivesItBack() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);

    agent.send(cluster.workload("newer", workload("cali3", "open", null, ONE + "/32")).take());
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
    assertThat(ports()).isEmpty();
    connect(ONE, WORLD, 2);

    agent.send(cluster.workload("newer", null).take());
    assertThat(interfacesTo(ONE)).containsExactly("cali1");
    assertThat(ports()).isEmpty();
  }

  /** The first holder's interface goes, so the second has the address before the first is gone. */
  @Test
  void connectionsOfTheSecondHolderSurviveTheEndOfTheFirst() {
    var agent = startWithTwo();
    connect(ONE, WORLD, 1);
    cluster.workload("next", workload("cali0", "open", null, ONE + "/32"));
    agent.send(cluster.take());
    assertThat(interfacesTo(ONE)).containsExactly("cali1");
    host.lab.delete("cali1");
    agent.hear();
    assertThat(interfacesTo(ONE)).containsExactly("cali0");
    assertThat(ports()).isEmpty();
    connect(ONE, WORLD, 2);

    agent.send(cluster.workload("one", null).take());

    assertThat(ports()).containsExactly(2);
    host.addRunningLink("cali1");
  }

  @Test
  void whatLeftWhileNoAgentRanIsFreed() {
    startWithTwo();
    connect(ONE, WORLD, 1);
    connect(TWO, WORLD, 2);

    var next = start(false);
    cluster.workload("one", null);
    next.send(cluster.snapshot());

    assertThat(ports()).containsExactly(2);
  }

  @Test
  void whatWasTakenOverWhileNoAgentRanIsFreed() {
    startWithTwo();
    connect(ONE, WORLD, 1);
    connect(TWO, WORLD, 2);

    cluster.workload("one", null);
    cluster.workload("next", workload("cali3", "open", null, ONE + "/32"));
    var next = start(false);
    next.send(cluster.snapshot());

    assertThat(ports()).containsExactly(2);
    assertThat(interfacesTo(ONE)).containsExactly("cali3");
  }

  @Test
  void aRestartRemovesNothing() {
    startWithTwo();
    connect(ONE, WORLD, 1);
    connect(WORLD, TWO, 2);

    var next = start(true);
    next.send(cluster.snapshot());
    next.pass(Duration.ofMinutes(3));

    assertThat(ports()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void policyCutsNothingUnlessAskedTo() {
    var agent = start(false);
    police(agent, entity(PortRange.of(80)));
    connect(WORLD, ONE, 80);
    connect(WORLD, ONE, 81);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(81))).take());

    assertThat(ports()).containsExactlyInAnyOrder(80, 81);
  }

  @Test
  void tightenedPolicyCutsWhatItDeniesAndNothingElse() {
    var agent = start(true);
    police(agent, entity(new PortRange(80, 90)));
    connect(WORLD, ONE, 80);
    connect(WORLD, ONE, 81);
    connect(ONE, WORLD, 82);
    connect(WORLD, TWO, 83);
    connect(WORLD, "198.51.100.1", 84);
    connect("10.65.0.77", ONE, 85);
    translated("192.0.2.8", "10.96.0.1", ONE, 80);
    agent.pass(Duration.ofSeconds(1));
    assertThat(ports()).containsExactlyInAnyOrder(80, 81, 82, 83, 84, 85, 80);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(81))).take());
    agent.pass(Duration.ofSeconds(1));

    assertThat(ports()).containsExactlyInAnyOrder(81, 82, 83, 84);
  }

  /** Behind DNAT: a service's port 80 that is a workload's port 8080. */
  @Test
  void policyIsAskedAboutTheTranslatedDestination() {
    var agent = start(true);
    police(agent, entity(new PortRange(80, 90)));
    var original = tuple(WORLD, "10.96.0.1", 80);
    var reply =
        new ConntrackTuple(Ip.parse(ONE), Ip.parse(WORLD), UDP, new Detail.Ports(88, 40_000), 0);
    connections.add(original, reply, 0);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(88))).take());
    agent.pass(Duration.ofSeconds(1));
    assertThat(ports()).containsExactly(80);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(80))).take());
    agent.pass(Duration.ofSeconds(1));
    assertThat(ports()).isEmpty();
  }

  @Test
  void connectionsOfTheHostItselfAreNotPolicys() {
    host.addRunningLink("uplink");
    host.lab.addAddress("uplink", "10.9.0.1/24");
    var agent = start(true);
    police(agent, entity(new PortRange(80, 90)));
    connect("10.9.0.1", ONE, 80);
    connect("10.9.0.2", ONE, 80);

    agent.send(cluster.policy("gate", allowTo(PortRange.of(81))).take());
    agent.pass(Duration.ofSeconds(1));

    assertThat(sources()).containsExactly("10.9.0.1");
    host.lab.delete("uplink");
  }

  @Test
  void anAddressThatLeavesASetIsCut() {
    var agent = start(true);
    var net = new IpSetMember.Net(Cidr.parse(WORLD + "/32"));
    cluster.ipSet("s:friends", IpSetType.NET, net);
    var friends =
        new ActiveEntity(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new IpSetId("s:friends")),
            List.of(),
            List.of(),
            List.of());
    cluster.policy("gate", rules(rule(friends, ActiveEntity.ANY)));
    cluster.workload("one", workload("cali1", "open", "gate", ONE + "/32"));
    agent.send(cluster.take());
    connect(WORLD, ONE, 80);
    agent.send(cluster.ipSet("s:friends", IpSetType.NET, net).policy("other", allowAll()).take());
    agent.pass(Duration.ofSeconds(1));
    assertThat(ports()).containsExactly(80);

    agent.send(cluster.ipSet("s:friends", IpSetType.NET).take());
    agent.pass(Duration.ofSeconds(1));

    assertThat(ports()).isEmpty();
  }

  /** One has policy "gate", two has none; both allow all that goes out. */
  void police(AgentWithoutThreads agent, ActiveEntity destination) {
    cluster.policy("gate", rules(rule(ActiveEntity.ANY, destination)));
    cluster.workload("one", workload("cali1", "open", "gate", ONE + "/32"));
    cluster.workload("two", workload("cali2", "open", null, TWO + "/32"));
    agent.send(cluster.take());
  }

  static ActiveRules allowTo(PortRange ports) {
    return rules(rule(ActiveEntity.ANY, entity(ports)));
  }

  private static ActiveRules rules(ActiveRule ingress) {
    return new ActiveRules(List.of(ingress), List.of(ActiveRule.of(RuleAction.ALLOW)));
  }

  static ActiveEntity entity(PortRange ports) {
    return new ActiveEntity(
        List.of(),
        List.of(),
        List.of(ports),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static ActiveRule rule(ActiveEntity source, ActiveEntity destination) {
    return new ActiveRule(
        RuleAction.ALLOW,
        null,
        Protocol.UDP,
        null,
        null,
        null,
        source,
        destination,
        List.of(),
        RuleOrigin.NONE);
  }

  void connect(String source, String destination, int port) {
    translated(source, destination, destination, port);
  }

  /** Through DNAT: whom it is to, and who answers. */
  private void translated(String source, String destination, String answers, int port) {
    var reply =
        new ConntrackTuple(
            Ip.parse(answers), Ip.parse(source), UDP, new Detail.Ports(port, 40_000), 0);
    connections.add(tuple(source, destination, port), reply, 0);
  }

  private static ConntrackTuple tuple(String source, String destination, int port) {
    return new ConntrackTuple(
        Ip.parse(source), Ip.parse(destination), UDP, new Detail.Ports(40_000, port), 0);
  }

  List<Integer> ports() {
    return all(tuple -> ((Detail.Ports) tuple.detail()).destination());
  }

  private List<String> sources() {
    return all(tuple -> tuple.source().toString());
  }

  private <T> List<T> all(Function<ConntrackTuple, T> what) {
    var all = new ArrayList<T>();
    for (var version : IpVersion.values()) {
      observer.list(version, entry -> true).forEach(entry -> all.add(what.apply(entry.original())));
    }
    return all;
  }

  /** The interfaces that the kernel leads an IPv4 address to. */
  List<String> interfacesTo(String address) {
    try (var netlink = host.lab.netlink().connect()) {
      var names = new ArrayList<String>();
      for (RouteMessage route : netlink.routes(IpVersion.V4)) {
        if (route.key().destination().equals(Cidr.parse(address))
            && route.key().table() == RouteMessage.TABLE_MAIN) {
          netlink.links().stream()
              .filter(link -> link.index() == route.hop().linkIndex())
              .forEach(link -> names.add(link.name()));
        }
      }
      return names;
    }
  }
}
