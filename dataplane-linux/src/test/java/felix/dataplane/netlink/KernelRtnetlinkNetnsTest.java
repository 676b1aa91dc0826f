package felix.dataplane.netlink;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static felix.dataplane.netlink.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RuleMessage.RuleSelector;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class KernelRtnetlinkNetnsTest extends RtnetlinkContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }

  @Test
  void ipShowsTheRoutesThatWeMake() {
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect()) {
      int link = lab.addLink("shown");
      lab.up("shown");
      netlink.execute(List.of(add(route("10.65.0.2/32", link)), add(route("fd00::2/128", link))));

      assertThat(KernelLab.ip("route show dev shown").strip()).isEqualTo("10.65.0.2 scope link");
      assertThat(KernelLab.ip("-6 route show dev shown to root fd00::/16").strip())
          .isEqualTo("fd00::2 metric 1024 pref medium");
    }
  }

  @Test
  void linksAddressesAndRulesCanBeMadeToo() {
    try (Rtnetlink netlink = new LinuxNetlink(Duration.ofSeconds(10)).connect()) {
      var mac = MacAddress.parse("02:00:00:00:00:77");
      var bridge =
          new LinkMessage(
              0, "br-own", LinkMessage.FLAG_UP, new LinkSettings("bridge", 1400, mac, 0, 0));
      assertThat(netlink.execute(List.of(add(bridge)))).isEmpty();
      LinkMessage made =
          netlink.links().stream()
              .filter(link -> link.name().equals("br-own"))
              .findFirst()
              .orElseThrow();
      assertThat(made.settings()).isEqualTo(bridge.settings());

      var address = new AddressMessage(made.index(), Ip.parse("10.3.0.1"), 24, 0);
      Cidr all = RouteKey.everything(IpVersion.V4);
      var rule =
          new RuleMessage(
              99,
              1000,
              RuleMessage.ACTION_TABLE,
              true,
              new RuleSelector(IpVersion.V4, Cidr.parse("10.65.0.0/16"), all, 0x10, 0xf0));
      assertThat(netlink.execute(List.of(add(address), add(rule)))).isEmpty();
      assertThat(netlink.addresses()).contains(address);
      assertThat(netlink.rules(IpVersion.V4)).contains(rule);

      assertThat(netlink.execute(List.of(delete(rule), delete(address), delete(made)))).isEmpty();
      assertThat(netlink.rules(IpVersion.V4)).doesNotContain(rule);
      assertThat(netlink.links()).noneMatch(link -> link.name().equals("br-own"));
    }
  }

  @Test
  void eventsForWhichThereIsNoRoomAreReportedAsLost() throws SocketException {
    int linksAndIpv4Addresses = 0x1 | 0x10;
    var narrow =
        new SocketOptions(
            SocketOptions.ROUTE, linksAndIpv4Addresses, Duration.ofMillis(100), 4_096);
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect();
        RtnetlinkEvents events = new KernelEvents(NetlinkSocket.open(narrow))) {
      int link = lab.addLink("busy");
      netlink.execute(
          IntStream.range(1, 200)
              .mapToObj(i -> new Ip(IpVersion.V4, 0, 0x0a030000L + i))
              .map(ip -> add(new AddressMessage(link, ip, 32, 0)))
              .toList());

      var received = new ArrayList<RtnetlinkEvents.Received>();
      do {
        received.add(events.receive());
      } while (!received.getLast().equals(new RtnetlinkEvents.Happened(List.of())));
      assertThat(received).contains(new RtnetlinkEvents.Lost());
    }
  }

  /** Why there must be a new subscription after a loss. */
  @Test
  void overrunSubscriptionIsDeafUntilItsQueueIsEmpty() throws SocketException {
    int ipv4Addresses = 0x10;
    var narrow =
        new SocketOptions(SocketOptions.ROUTE, ipv4Addresses, Duration.ofMillis(100), 4_096);
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect();
        NetlinkSocket socket = NetlinkSocket.open(narrow)) {
      int link = lab.addLink("busy");
      netlink.execute(addresses(link, 1, 200));
      assertThatThrownBy(socket::receive).hasMessageContaining("ENOBUFS");

      netlink.execute(addresses(link, 201, 202));
      var heard = new ArrayList<RtnetlinkEvent>();
      for (var datagram = socket.receive();
          datagram.hasRemaining();
          datagram = socket.receiveNow()) {
        RawMessage.split(datagram).forEach(message -> heard.add(Codecs.event(message)));
      }
      assertThat(heard)
          .isNotEmpty()
          .doesNotContain(new RtnetlinkEvent(addresses(link, 201, 202).getFirst().object(), false));
    }
  }

  private static List<Request> addresses(int link, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new Ip(IpVersion.V4, 0, 0x0a030000L + i))
        .map(ip -> add(new AddressMessage(link, ip, 32, 0)))
        .toList();
  }

  @Test
  void refusalCarriesTheKernelsWords() {
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect()) {
      int link = lab.addLink("cali9");
      lab.up("cali9");
      RouteMessage plain = route("10.65.0.2/32", link);
      var withSource =
          new RouteMessage(plain.key(), plain.kind(), plain.hop(), Ip.parse("10.99.99.99"));

      Refusal refusal = netlink.execute(List.of(add(withSource))).getFirst();

      assertThat(refusal.toException()).hasMessageEndingWith(": EINVAL: Invalid prefsrc address");
    }
  }
}
