package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drivers may rely on, of the kernel's table of connections and of its stand-in. */
abstract class ConntrackContract {
  ConntrackLab lab;
  Conntrack conntrack;

  abstract ConntrackLab lab();

  @BeforeEach
  void open() {
    lab = lab();
    conntrack = lab.connect();
  }

  @AfterEach
  void close() {
    conntrack.close();
    lab.close();
  }

  @Test
  void connectionsOfEveryKindAreListedAsTheyAre() {
    var tcp = tuple("10.65.0.1", "10.96.0.1", 6, new Detail.Ports(40_000, 80));
    var behind = tuple("10.65.0.2", "10.65.0.1", 6, new Detail.Ports(8_080, 40_000));
    lab.add(tcp, behind, 0);
    var udp = tuple("10.65.0.1", "10.65.0.3", 17, new Detail.Ports(40_000, 53));
    lab.add(udp, turned(udp), 7);
    var sctp = tuple("10.65.0.1", "10.65.0.3", 17, new Detail.Ports(1, 65_535));
    lab.add(sctp, turned(sctp), 0);
    var ping = tuple("10.65.0.1", "10.65.0.4", 1, new Detail.Icmp(8, 0, 4_711));
    var pong = tuple("10.65.0.4", "10.65.0.1", 1, new Detail.Icmp(0, 0, 4_711));
    lab.add(ping, pong, 0);
    var ping6 = tuple("fd00::1", "fd00::2", 58, new Detail.Icmp(128, 0, 9));
    var pong6 = tuple("fd00::2", "fd00::1", 58, new Detail.Icmp(129, 0, 9));
    lab.add(ping6, pong6, 0);

    assertThat(conntrack.list(IpVersion.V4, entry -> true))
        .extracting(ConntrackEntry::original)
        .containsExactlyInAnyOrder(tcp, udp, sctp, ping);
    assertThat(conntrack.list(IpVersion.V6, entry -> true))
        .extracting(ConntrackEntry::reply)
        .containsExactly(pong6);
    assertThat(conntrack.list(IpVersion.V4, entry -> entry.zone() == 7))
        .extracting(ConntrackEntry::original)
        .containsExactly(udp);
    assertThat(conntrack.list(IpVersion.V4, entry -> entry.original().equals(tcp)))
        .extracting(ConntrackEntry::reply)
        .containsExactly(behind);
  }

  @Test
  void oneAddressIsFoundAtEitherEnd() {
    var began = connect("10.65.0.1", "10.65.0.9", 1);
    var answers = connect("10.65.0.8", "10.65.0.1", 2);
    connect("10.65.0.8", "10.65.0.9", 3);

    assertThat(conntrack.sentBy(IpVersion.V4, Set.of(Ip.parse("10.65.0.1"))))
        .extracting(ConntrackEntry::original)
        .containsExactlyInAnyOrder(began, answers);
  }

  @Test
  void manyAddressesAreFoundAtEitherEnd() {
    var found = new HashSet<ConntrackTuple>();
    var addresses = new HashSet<Ip>();
    for (int i = 1; i <= 20; i++) {
      found.add(connect("10.65.1." + i, "10.65.0.9", i));
      found.add(connect("10.65.0.8", "10.65.1." + i, i));
      connect("10.65.2." + i, "10.65.0.9", i);
      addresses.add(Ip.parse("10.65.1." + i));
    }

    assertThat(conntrack.sentBy(IpVersion.V4, addresses))
        .extracting(ConntrackEntry::original)
        .containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void anAddressToWhichOthersAreTranslatedIsFound() {
    var tcp = tuple("10.65.0.1", "10.96.0.1", 6, new Detail.Ports(40_000, 80));
    lab.add(tcp, tuple("10.65.0.2", "10.65.0.1", 6, new Detail.Ports(8_080, 40_000)), 0);

    assertThat(conntrack.sentBy(IpVersion.V4, Set.of(Ip.parse("10.65.0.2")))).hasSize(1);
    assertThat(conntrack.sentBy(IpVersion.V4, Set.of(Ip.parse("10.96.0.1")))).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneAndNothingElseIs() {
    for (int i = 1; i <= 250; i++) {
      connect("10.65.0.1", "10.65.0.9", i);
    }
    var stays = connect("10.65.0.2", "10.65.0.9", 1);
    var inAZone = tuple("10.65.0.2", "10.65.0.9", 17, new Detail.Ports(40_000, 1));
    lab.add(inAZone, turned(inAZone), 3);
    var six = tuple("fd00::1", "fd00::2", 17, new Detail.Ports(1, 2));
    lab.add(six, turned(six), 0);

    var superfluous = conntrack.sentBy(IpVersion.V4, Set.of(Ip.parse("10.65.0.1")));
    assertThat(superfluous).hasSize(250);
    assertThat(conntrack.delete(superfluous)).isEmpty();
    assertThat(conntrack.delete(conntrack.list(IpVersion.V4, entry -> entry.zone() == 3)))
        .isEmpty();

    assertThat(conntrack.list(IpVersion.V4, entry -> true))
        .extracting(ConntrackEntry::original)
        .containsExactly(stays);
    assertThat(conntrack.list(IpVersion.V6, entry -> true)).hasSize(1);
    conntrack.delete(conntrack.list(IpVersion.V6, entry -> true));
    assertThat(conntrack.list(IpVersion.V6, entry -> true)).isEmpty();
  }

  @Test
  void whatIsGoneAlreadyIsNoFailure() {
    connect("10.65.0.1", "10.65.0.9", 1);
    var entries = conntrack.list(IpVersion.V4, entry -> true);

    assertThat(conntrack.delete(entries)).isEmpty();
    assertThat(conntrack.delete(entries)).isEmpty();
  }

  @Test
  void aLaterConnectionWithTheSameTuplesIsNotDeleted() {
    connect("10.65.0.1", "10.65.0.9", 1);
    ConntrackEntry first = conntrack.list(IpVersion.V4, entry -> true).getFirst();
    var another =
        new ConntrackEntry(first.original(), first.reply(), 0, first.status(), first.id() + 1);

    assertThat(conntrack.delete(List.of(another))).isEmpty();
    assertThat(conntrack.list(IpVersion.V4, entry -> true)).hasSize(1);
  }

  ConntrackTuple connect(String source, String destination, int port) {
    var original = tuple(source, destination, 17, new Detail.Ports(40_000, port));
    lab.add(original, turned(original), 0);
    return original;
  }

  static ConntrackTuple tuple(String source, String destination, int protocol, Detail detail) {
    return new ConntrackTuple(Ip.parse(source), Ip.parse(destination), protocol, detail, 0);
  }

  static ConntrackTuple turned(ConntrackTuple tuple) {
    Detail detail =
        tuple.detail() instanceof Detail.Ports(int source, int destination)
            ? new Detail.Ports(destination, source)
            : tuple.detail();
    return new ConntrackTuple(tuple.destination(), tuple.source(), tuple.protocol(), detail, 0);
  }
}
