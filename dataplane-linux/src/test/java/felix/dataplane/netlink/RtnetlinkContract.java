package felix.dataplane.netlink;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static felix.dataplane.netlink.Samples.neighbour;
import static felix.dataplane.netlink.Samples.replace;
import static felix.dataplane.netlink.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What drivers rely on, of the kernel and of the fake one alike. */
abstract class RtnetlinkContract {
  private static final String MAC = "02:00:00:00:00:01";

  private Lab lab;
  private Rtnetlink netlink;
  private int cali1;
  private int cali2;

  abstract Lab lab();

  @BeforeEach
  void twoLinks() {
    lab = lab();
    netlink = lab.netlink().connect();
    cali1 = lab.addLink("cali1");
    cali2 = lab.addLink("cali2");
    lab.up("cali1");
    lab.up("cali2");
  }

  @AfterEach
  void close() {
    netlink.close();
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void addedRouteIsListedAndDeletedOneIsNot(String destination) {
    assertThat(netlink.execute(List.of(add(route(destination, cali1))))).isEmpty();
    assertThat(to(destination)).containsExactly(route(destination, cali1));

    assertThat(netlink.execute(List.of(delete(route(destination, cali1))))).isEmpty();
    assertThat(to(destination)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void addIsRefusedWhereThereIsOne(String destination) {
    netlink.execute(List.of(add(route(destination, cali1))));

    assertThat(refusals(add(route(destination, cali2)))).containsExactly(Errno.EEXIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void replaceTakesThePlaceOfARouteThroughAnotherLink(String destination) {
    netlink.execute(List.of(add(route(destination, cali1, 4))));

    assertThat(refusals(replace(route(destination, cali2)))).isEmpty();
    assertThat(to(destination)).containsExactly(route(destination, cali2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void replaceByTheSameChangesNothing(String destination) {
    netlink.execute(List.of(add(route(destination, cali1))));

    assertThat(refusals(replace(route(destination, cali1)))).isEmpty();
    assertThat(to(destination)).containsExactly(route(destination, cali1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void whatIsNotThereCannotBeDeleted(String destination) {
    assertThat(refusals(delete(route(destination, cali1)))).containsExactly(Errno.ESRCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void routeNeedsALinkThatIsThere(String destination) {
    assertThat(refusals(replace(route(destination, 9_999)))).containsExactly(Errno.ENODEV);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void routeNeedsALinkThatIsUp(String destination) {
    lab.down("cali1");

    assertThat(refusals(replace(route(destination, cali1)))).containsExactly(Errno.ENETDOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void routeGoesWhenItsLinkGoesDown(String destination) {
    netlink.execute(List.of(add(route(destination, cali1))));

    lab.down("cali1");

    assertThat(to(destination)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2/32", "fd00::2/128"})
  void routeStaysWhenItsLinkLosesTheCarrier(String destination) {
    netlink.execute(List.of(add(route(destination, cali1))));

    lab.loseCarrier("cali1");

    assertThat(to(destination)).hasSize(1);
  }

  @Test
  void preferredSourceMustBeAnAddressOfThisHost() {
    RouteMessage plain = route("10.65.0.2/32", cali1);
    var route = new RouteMessage(plain.key(), plain.kind(), plain.hop(), Ip.parse("10.0.0.1"));
    assertThat(refusals(replace(route))).containsExactly(Errno.EINVAL);

    lab.addAddress("cali2", "10.0.0.1/32");
    assertThat(refusals(replace(route))).isEmpty();
    assertThat(to("10.65.0.2/32")).containsExactly(route);
  }

  @Test
  void routesOfOneDestinationAreToldApartByTheirMetric() {
    RouteMessage plain = route("10.65.0.2/32", cali1);
    var other =
        new RouteMessage(
            RouteKey.main(Cidr.parse("10.65.0.2/32"), 77), plain.kind(), plain.hop(), null);

    assertThat(refusals(add(plain), add(other))).isEmpty();
    assertThat(to("10.65.0.2/32")).containsExactly(plain, other);

    assertThat(refusals(delete(other))).isEmpty();
    assertThat(to("10.65.0.2/32")).containsExactly(plain);
  }

  @Test
  void refusedRequestDoesNotHinderTheOthers() {
    List<Refusal> refusals =
        netlink.execute(
            List.of(
                add(route("10.65.0.2/32", cali1)),
                add(route("10.65.0.2/32", cali1)),
                delete(route("10.65.0.9/32", cali1)),
                add(route("10.65.0.3/32", cali1))));

    assertThat(refusals).extracting(Refusal::errno).containsExactly(Errno.EEXIST, Errno.ESRCH);
    assertThat(refusals)
        .extracting(Refusal::request)
        .containsExactly(add(route("10.65.0.2/32", cali1)), delete(route("10.65.0.9/32", cali1)));
    assertThat(to("10.65.0.3/32")).hasSize(1);
  }

  @Test
  void tenThousandRoutes() {
    List<RouteMessage> routes =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Ip(IpVersion.V4, 0, 0x0a650000L + i))
            .map(ip -> route(ip.toCidr().toString(), cali1))
            .toList();

    assertThat(netlink.execute(routes.stream().map(Samples::add).toList())).isEmpty();
    assertThat(on(cali1)).containsExactlyInAnyOrderElementsOf(routes);
    assertThat(netlink.execute(routes.stream().map(Samples::delete).toList())).isEmpty();
    assertThat(on(cali1)).isEmpty();
    assertThat(netlink.requestsSent()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2", "fd00::2"})
  void neighbourIsAddedReplacedAndDeleted(String address) {
    assertThat(refusals(add(neighbour(address, MAC, cali1)))).isEmpty();
    assertThat(refusals(add(neighbour(address, MAC, cali1)))).containsExactly(Errno.EEXIST);

    NeighbourMessage other = neighbour(address, "02:00:00:00:00:99", cali1);
    assertThat(refusals(replace(other))).isEmpty();
    assertThat(permanentNeighbours(other.table())).containsExactly(other);

    assertThat(refusals(delete(other))).isEmpty();
    assertThat(permanentNeighbours(other.table())).isEmpty();
    assertThat(refusals(delete(other))).containsExactly(Errno.ENOENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2", "fd00::2"})
  void neighbourNeedsALink(String address) {
    assertThat(refusals(replace(neighbour(address, MAC, 9_999)))).containsExactly(Errno.ENODEV);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.65.0.2", "fd00::2"})
  void neighbourGoesWhenItsLinkGoesDown(String address) {
    NeighbourMessage neighbour = neighbour(address, MAC, cali1);
    netlink.execute(List.of(add(neighbour)));

    lab.down("cali1");

    assertThat(permanentNeighbours(neighbour.table())).isEmpty();
  }

  @Test
  void linksShowTheirState() {
    lab.loseCarrier("cali1");
    lab.rename("cali2", "eth9");

    assertThat(netlink.links())
        .anyMatch(link -> link.index() == cali1 && !link.isOperUp())
        .anyMatch(link -> link.index() == cali2 && link.isOperUp() && link.name().equals("eth9"));
  }

  @Test
  void eventsTellWhatHappensToLinksAndAddresses() {
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of())) {
      lab.addAddress("cali1", "10.0.0.1/32");
      lab.rename("cali2", "eth9");
      lab.delete("cali1");

      var seen = new ArrayList<RtnetlinkEvent>();
      while (seen.stream().noneMatch(event -> isLink(event, cali1, "cali1") && event.gone())) {
        if (events.receive() instanceof RtnetlinkEvents.Happened happened) {
          seen.addAll(happened.events());
        }
      }
      var address = new AddressMessage(cali1, Ip.parse("10.0.0.1"), 32, 0);
      assertThat(seen)
          .contains(new RtnetlinkEvent(address, false))
          .anyMatch(event -> isLink(event, cali2, "eth9") && !event.gone());
    }
  }

  private static boolean isLink(RtnetlinkEvent event, int index, String name) {
    return event.object() instanceof LinkMessage link
        && link.index() == index
        && link.name().equals(name);
  }

  private List<Errno> refusals(Request... requests) {
    return netlink.execute(List.of(requests)).stream().map(Refusal::errno).toList();
  }

  private List<RouteMessage> to(String destination) {
    Cidr cidr = Cidr.parse(destination);
    return netlink.routes(cidr.version()).stream()
        .filter(route -> route.key().destination().equals(cidr))
        .toList();
  }

  private List<RouteMessage> on(int linkIndex) {
    return netlink.routes(IpVersion.V4).stream()
        .filter(route -> route.hop().linkIndex() == linkIndex)
        .toList();
  }

  private List<NeighbourMessage> permanentNeighbours(NeighbourTable table) {
    return netlink.neighbours(table).stream()
        .filter(neighbour -> neighbour.state() == NeighbourMessage.STATE_PERMANENT)
        .toList();
  }
}
