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
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Requests as {@code ip} of iproute2 6.1 sends them (read with {@code strace -e write=all}), its
 * attributes put into our order.
 */
class RequestBytesTest {
  @Test
  void routeReplace() {
    var route =
        new RouteMessage(
            RouteKey.main(Cidr.parse("10.65.1.2"), 0),
            new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_LINK, 3),
            new NextHop(3, null, false),
            Ip.parse("127.0.0.1"));

    assertThat(encoded(Request.Operation.REPLACE, route))
        .isEqualTo(
            "3c000000"
                + "18000505"
                + "0700000000000000"
                + "02200000fe03fd0100000000"
                + "080001000a410102"
                + "08000f00fe000000" // the table once more; ip does without below 256
                + "0800040003000000"
                + "080007007f000001");
  }

  @Test
  void routeDelete() {
    var route =
        new RouteMessage(
            RouteKey.main(Cidr.parse("fd00::2"), 1024),
            new RouteKind(0, RouteMessage.SCOPE_GLOBAL, 3),
            new NextHop(3, null, false),
            null);

    assertThat(encoded(Request.Operation.DELETE, route))
        .isEqualTo(
            "48000000"
                + "19000500"
                + "0700000000000000"
                + "0a800000fe03000000000000"
                + "14000100fd000000000000000000000000000002"
                + "08000f00fe000000"
                + "0800060000040000"
                + "0800040003000000");
  }

  @Test
  void neighbourReplace() {
    var neighbour =
        new NeighbourMessage(
            NeighbourTable.ARP,
            3,
            NeighbourMessage.STATE_PERMANENT,
            0,
            Ip.parse("10.65.1.2"),
            MacAddress.parse("02:00:00:00:00:02"));

    assertThat(encoded(Request.Operation.REPLACE, neighbour))
        .isEqualTo(
            "30000000"
                + "1c000505"
                + "0700000000000000"
                + "020000000300000080000000"
                + "080001000a410102"
                + "0a0002000200000000020000");
  }

  @Test
  void linkAdd() {
    var bridge = new LinkMessage(0, "br0", 0, new LinkSettings("bridge", 0, null, 0, 0));

    assertThat(encoded(Request.Operation.ADD, bridge))
        .isEqualTo(
            "38000000"
                + "10000506"
                + "0700000000000000"
                + "00000000000000000000000001000000"
                + "0800030062723000"
                + "10001280"
                + "0b000100"
                + "6272696467650000"); // ip: no zero after the kind
  }

  @Test
  void addressAdd() {
    assertThat(encoded(Request.Operation.ADD, new AddressMessage(2, Ip.parse("10.65.0.1"), 24, 0)))
        .isEqualTo(
            "28000000"
                + "14000506"
                + "0700000000000000"
                + "0218000002000000"
                + "080002000a410001"
                + "080001000a410001");
  }

  @Test
  void addressAddWithBroadcast() {
    Ip own = Ip.parse("172.29.1.0");

    assertThat(
            encoded(
                Request.Operation.ADD, new AddressMessage(4, own, 32, 0, new Others(own, null))))
        .isEqualTo(
            "30000000"
                + "14000506"
                + "0700000000000000"
                + "0220000004000000"
                + "08000200ac1d0100"
                + "08000100ac1d0100"
                + "08000400ac1d0100");
  }

  @Test
  void vxlanAdd() {
    var vxlan =
        new LinkMessage(
            0,
            "vxlan.calico",
            0,
            new LinkSettings("vxlan", 0, MacAddress.parse("66:d2:61:74:48:01"), 0, 0),
            new VxlanParameters(4096, 4789, Ip.parse("10.65.0.1"), 3, Learning.NONE));

    assertThat(encoded(Request.Operation.ADD, vxlan))
        .isEqualTo(
            "7c000000"
                + "10000506"
                + "0700000000000000"
                + "00000000000000000000000001000000" // ip: no flags to change
                + "1100030076786c616e2e63616c69636f00000000"
                + "0a00010066d2617448010000"
                + "3c001280"
                + "0a00010076786c616e000000" // ip: no zero after the kind
                + "2c000280"
                + "0800010000100000"
                + "0800030003000000"
                + "080004000a410001"
                + "0500070000000000"
                + "06000f0012b50000");
  }

  @Test
  void vxlanChangeSaysNothingThatCannotBeChanged() {
    var change =
        new LinkMessage(
            4,
            "",
            LinkMessage.FLAG_UP,
            LinkSettings.ofKind("vxlan"),
            new VxlanParameters(4096, 0, Ip.parse("10.65.0.2"), 3, Learning.NONE));

    assertThat(encoded(Request.Operation.CHANGE, change))
        .isEqualTo(
            "54000000"
                + "10000500"
                + "0700000000000000"
                + "00000000040000000100000001000000"
                + "34001280"
                + "0a00010076786c616e000000"
                + "24000280"
                + "0800010000100000"
                + "0800030003000000"
                + "080004000a410002"
                + "0500070000000000");
  }

  @Test
  void ruleAdd() {
    var rule =
        new RuleMessage(
            99,
            1000,
            RuleMessage.ACTION_TABLE,
            false,
            new RuleSelector(
                IpVersion.V4,
                Cidr.parse("10.65.0.0/16"),
                RouteKey.everything(IpVersion.V4),
                0x10,
                0xf0));

    assertThat(encoded(Request.Operation.ADD, rule))
        .isEqualTo(
            "44000000"
                + "20000506"
                + "0700000000000000"
                + "020010000000000100000000"
                + "080002000a410000"
                + "0800060063000000"
                + "08000f00e8030000"
                + "08000a0010000000"
                + "08001000f0000000");
  }

  private static String encoded(Request.Operation operation, RtnetlinkObject object) {
    ByteBuffer out = ByteBuffer.allocate(1024);
    Codecs.encode(
        new Request(operation, object),
        RawMessage.FLAG_REQUEST | RawMessage.FLAG_ACK,
        7,
        new MessageWriter(out));
    return HexFormat.of().formatHex(out.array(), 0, out.position());
  }
}
