package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.netlink.Samples;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventFilterTest {
  private static final int ETH0 = 2;
  private static final int CALI1 = 3;
  private static final int VXLAN = 4;
  private static final int GONE = 9;
  private static final Map<Integer, String> NAMES =
      Map.of(ETH0, "eth0", CALI1, "cali1", VXLAN, "vxlan.calico");
  private static final int BIRD = 12;
  private static final String MAC = "02:00:00:00:00:01";

  @Test
  void routesOnOurInterfacesPassWhoeverMadeThem() {
    assertThat(passes(Samples.route("10.0.0.1/32", CALI1, BIRD))).isTrue();
    assertThat(passes(Samples.route("fd00::1/128", VXLAN, BIRD))).isTrue();
    assertThat(passes(Samples.route("10.0.0.1/32", ETH0, BIRD))).isFalse();
    assertThat(passes(Samples.route("10.0.0.1/32", GONE, BIRD))).isFalse();
  }

  @Test
  void routesWithOurNumberPassWhereverTheyLead() {
    assertThat(passes(Samples.route("10.0.0.0/26", ETH0, Filters.OUR_PROTOCOL))).isTrue();
    assertThat(passes(Samples.route("10.0.0.0/26", 0, Filters.OUR_PROTOCOL))).isTrue();
  }

  @Test
  void routesOfOtherTablesDoNotPass() {
    RouteMessage main = Samples.route("10.0.0.1/32", CALI1, Filters.OUR_PROTOCOL);
    RouteKey key = main.key();
    assertThat(
            passes(
                new RouteMessage(
                    new RouteKey(255, key.destination(), key.source(), 0, 0),
                    main.kind(),
                    new NextHop(CALI1, null, false),
                    null)))
        .isFalse();
  }

  /** Also one that somebody made temporary: it may have been ours. */
  @Test
  void neighboursOnOurInterfacesPassWhateverTheirState() {
    assertThat(passes(Samples.neighbour("10.0.0.1", MAC, CALI1))).isTrue();
    assertThat(passes(neighbour(NeighbourTable.ARP, CALI1, NeighbourMessage.STATE_FAILED)))
        .isTrue();
    assertThat(passes(neighbour(NeighbourTable.FORWARDING, VXLAN, 0x80))).isTrue();
    assertThat(passes(neighbour(NeighbourTable.FORWARDING, ETH0, 0x80))).isFalse();
    assertThat(passes(Samples.neighbour("10.0.0.1", MAC, ETH0))).isFalse();
  }

  @Test
  void withoutAnIpv6DataplaneItsNeighboursDoNotPass() {
    var v4Only =
        new EventFilter(Set.of(IpVersion.V4), name -> name.startsWith("cali"), Set.of(), 80);
    var ndp = new RtnetlinkEvent(Samples.neighbour("fd00::1", MAC, CALI1), false);
    assertThat(v4Only.lets(ndp, NAMES::get)).isFalse();
    assertThat(Filters.OURS.lets(ndp, NAMES::get)).isTrue();
  }

  @Test
  void ofLinksAndTheirAddressesOnlyTunnelsPass() {
    assertThat(passes(Samples.link(VXLAN, "vxlan.calico"))).isTrue();
    assertThat(passes(Samples.link(CALI1, "cali1"))).isFalse();
    assertThat(passes(new AddressMessage(VXLAN, Ip.parse("10.0.0.1"), 32, 0))).isTrue();
    assertThat(passes(new AddressMessage(ETH0, Ip.parse("10.0.0.1"), 32, 0))).isFalse();
  }

  @Test
  void tunnelThatIsGonePassesByTheNameInTheEvent() {
    assertThat(passes(Samples.link(GONE, "vxlan.calico"))).isTrue();
  }

  private static boolean passes(RtnetlinkObject object) {
    boolean gone = Filters.OURS.lets(new RtnetlinkEvent(object, true), NAMES::get);
    assertThat(Filters.OURS.lets(new RtnetlinkEvent(object, false), NAMES::get)).isEqualTo(gone);
    return gone;
  }

  private static NeighbourMessage neighbour(NeighbourTable table, int link, int state) {
    return new NeighbourMessage(table, link, state, 0, Ip.parse("10.0.0.1"), MacAddress.parse(MAC));
  }
}
