package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.AddressMessage.Others;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.RuleMessage.RuleSelector;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import org.junit.jupiter.api.Test;

class CapturedDumpTest {
  private static final int PEER1 = 2;
  private static final int CALI1 = 3;
  private static final int VX = 4;

  @Test
  void linksShowNameKindStateAndPeer() {
    var links = Captured.decode("links", Codecs.LINKS);

    assertThat(links).extracting(LinkMessage::name).containsExactly("lo", "peer1", "cali1", "vx");
    assertThat(links).allMatch(LinkMessage::isOperUp);
    assertThat(links.get(2).index()).isEqualTo(CALI1);
    assertThat(links.get(2).settings())
        .isEqualTo(new LinkSettings("veth", 1500, MacAddress.parse("02:00:00:00:00:01"), PEER1, 0));
    assertThat(links.get(3).settings().kind()).isEqualTo("vxlan");
    assertThat(links.get(3).vxlan())
        .isEqualTo(new VxlanParameters(4096, 4789, Ip.parse("10.65.0.1"), PEER1, Learning.NONE));
  }

  @Test
  void ofTwoEndsOursIsTheAddress() {
    var withBroadcast = new Others(Ip.parse("10.65.0.255"), null);
    var withFarEnd = new Others(null, Ip.parse("10.9.0.2"));
    assertThat(Captured.decode("addresses", Codecs.ADDRESSES))
        .filteredOn(address -> address.linkIndex() == PEER1)
        .contains(
            new AddressMessage(PEER1, Ip.parse("10.65.0.1"), 24, 0, withBroadcast),
            new AddressMessage(PEER1, Ip.parse("10.9.0.1"), 32, 0, withFarEnd),
            new AddressMessage(PEER1, Ip.parse("fd00::1"), 64, 0));
  }

  @Test
  void routesOfEveryShape() {
    assertThat(Captured.decode("routes-v4", Codecs.ROUTES))
        .contains(
            new RouteMessage(
                RouteKey.main(Cidr.parse("10.65.1.2"), 0),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_LINK, 3),
                new NextHop(CALI1, null, false),
                Ip.parse("10.65.0.1")),
            new RouteMessage(
                RouteKey.main(Cidr.parse("10.66.0.0/26"), 0),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, 80),
                new NextHop(VX, Ip.parse("10.66.0.0"), true),
                null),
            new RouteMessage(
                RouteKey.main(Cidr.parse("10.67.0.0/26"), 0),
                new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, 80),
                new NextHop(0, null, false),
                null),
            new RouteMessage(
                new RouteKey(
                    1000, Cidr.parse("10.68.0.0/16"), RouteKey.everything(IpVersion.V4), 0x10, 77),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_LINK, 3),
                new NextHop(CALI1, null, false),
                null),
            new RouteMessage(
                RouteKey.main(Cidr.parse("10.69.0.0/16"), 0),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, 3),
                new NextHop(CALI1, Ip.parse("fe80::7"), false),
                null));
  }

  @Test
  void ipv6RoutesShowTheKernelsMetricAndNoScope() {
    assertThat(Captured.decode("routes-v6", Codecs.ROUTES))
        .contains(
            new RouteMessage(
                RouteKey.main(Cidr.parse("fd00:1::2"), 1024),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, 3),
                new NextHop(CALI1, null, false),
                null),
            new RouteMessage(
                RouteKey.main(Cidr.parse("fd00:2::/64"), 5),
                new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, 3),
                new NextHop(CALI1, Ip.parse("fe80::7"), false),
                null));
  }

  @Test
  void neighboursOfBothFamiliesAndOfATunnel() {
    var mac = MacAddress.parse("02:00:00:00:00:02");
    assertThat(Captured.decode("neighbours-v4", Codecs.NEIGHBOURS))
        .contains(permanent(NeighbourTable.ARP, "10.65.1.2", mac));
    assertThat(Captured.decode("neighbours-v6", Codecs.NEIGHBOURS))
        .contains(permanent(NeighbourTable.NDP, "fd00:1::2", mac));
    assertThat(Captured.decode("forwarding", Codecs.NEIGHBOURS))
        .contains(
            new NeighbourMessage(
                NeighbourTable.FORWARDING,
                VX,
                NeighbourMessage.STATE_PERMANENT | 0x40, // and NUD_NOARP
                NeighbourMessage.FLAG_SELF,
                Ip.parse("10.65.0.2"),
                MacAddress.parse("66:d2:61:74:48:02")));
  }

  @Test
  void rulesWithMarkAndInversion() {
    Cidr all = RouteKey.everything(IpVersion.V4);
    assertThat(Captured.decode("rules-v4", Codecs.RULES))
        .contains(
            new RuleMessage(
                99,
                1000,
                RuleMessage.ACTION_TABLE,
                false,
                new RuleSelector(IpVersion.V4, Cidr.parse("10.65.0.0/16"), all, 0x10, 0xf0)),
            new RuleMessage(
                100,
                200,
                RuleMessage.ACTION_TABLE,
                true,
                new RuleSelector(IpVersion.V4, all, Cidr.parse("10.0.0.0/8"), 0, 0)));
  }

  @Test
  void refusalCarriesTheKernelsWords() {
    RawMessage refused = RawMessage.split(Captured.bytes("refused")).getFirst();

    assertThat(AnswerCode.of(refused))
        .isEqualTo(new AnswerCode(new Errno(101), "Nexthop has invalid gateway"));
  }

  private static NeighbourMessage permanent(NeighbourTable table, String address, MacAddress mac) {
    return new NeighbourMessage(
        table, CALI1, NeighbourMessage.STATE_PERMANENT, 0, Ip.parse(address), mac);
  }
}
