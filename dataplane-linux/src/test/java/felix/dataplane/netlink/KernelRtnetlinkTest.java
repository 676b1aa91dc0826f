package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.ScriptedPort.Answer;
import felix.dataplane.netlink.ScriptedPort.Datagram;
import felix.dataplane.netlink.ScriptedPort.Failure;
import felix.dataplane.reconcile.KernelException;
import felix.model.Ip;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelRtnetlinkTest {
  private final ScriptedPort port = new ScriptedPort();
  private final Rtnetlink netlink = port.connect();

  @Test
  void interruptedDumpIsAskedForAgain() {
    port.then(requests -> List.of(interrupted(ScriptedPort.captured("routes-v4", requests.get(0)))))
        .then(KernelRtnetlinkTest::allRoutes);

    assertThat(netlink.routes(IpVersion.V4)).hasSizeGreaterThan(5);
    assertThat(port.sent()).hasSize(2);
  }

  @Test
  void dumpThatIsAlwaysInterruptedFails() {
    for (int i = 0; i < 10; i++) {
      port.then(
          requests -> List.of(interrupted(ScriptedPort.captured("routes-v4", requests.get(0)))));
    }

    assertThatThrownBy(() -> netlink.routes(IpVersion.V4))
        .isInstanceOf(KernelException.class)
        .hasMessage("list routes V4: interrupted 10 times");
  }

  @Test
  void dumpOfWhichPartsWereLostIsAskedForOnAnotherSocket() {
    port.then(requests -> List.of(new Failure(Errno.ENOBUFS))).then(KernelRtnetlinkTest::allRoutes);

    assertThat(netlink.routes(IpVersion.V4)).hasSizeGreaterThan(5);
    assertThat(port.opened()).isEqualTo(2);
  }

  @Test
  void busyKernelIsAskedAgain() {
    port.then(requests -> List.of(refusal(requests.getFirst(), Errno.EBUSY)))
        .then(KernelRtnetlinkTest::allRoutes);

    assertThat(netlink.routes(IpVersion.V4)).hasSizeGreaterThan(5);
  }

  @Test
  void linksAndAddressesAreAskedForUntilTheAnswerIsComplete() {
    for (String dump : List.of("links", "addresses")) {
      port.then(requests -> List.of(interrupted(ScriptedPort.captured(dump, requests.getFirst()))))
          .then(requests -> List.of(new Failure(Errno.ENOBUFS)))
          .then(requests -> List.of(refusal(requests.getFirst(), Errno.EBUSY)))
          .then(requests -> List.of(ScriptedPort.captured(dump, requests.getFirst())));
    }

    assertThat(netlink.links()).isEqualTo(Captured.decode("links", Codecs.LINKS));
    assertThat(netlink.addresses()).isEqualTo(Captured.decode("addresses", Codecs.ADDRESSES));
    assertThat(port.sent()).hasSize(8);
    assertThat(port.opened()).isEqualTo(5); // anew after each loss and each busy kernel
  }

  @Test
  void busyKernelRefusesALinkAndLostAnswersAreAnErrorOnlyOnce() {
    var link = new LinkMessage(0, "vxlan.calico", 0, LinkSettings.ofKind("vxlan"));
    var request = new Request(Request.Operation.ADD, link);
    port.then(requests -> List.of(new Failure(Errno.ENOBUFS)))
        .then(requests -> List.of(refusal(requests.getFirst(), Errno.EBUSY)));

    assertThatThrownBy(() -> netlink.execute(List.of(request)))
        .isInstanceOf(KernelException.class)
        .hasMessage("send 1 requests: receive: ENOBUFS");
    assertThat(netlink.execute(List.of(request)))
        .containsExactly(new Refusal(request, Errno.EBUSY, ""));
    assertThat(port.opened()).isEqualTo(2);
  }

  @Test
  void dumpMayComeInPieces() {
    port.then(
        requests -> {
          ByteBuffer whole = ScriptedPort.captured("routes-v4", requests.getFirst()).bytes();
          int cut = whole.getInt(0);
          return List.of(
              new Datagram(whole.slice(0, cut)),
              new Datagram(whole.slice(cut, whole.capacity() - cut)));
        });

    assertThat(netlink.routes(IpVersion.V4)).isEqualTo(Captured.decode("routes-v4", Codecs.ROUTES));
  }

  @Test
  void refusedDumpSaysWhy() {
    port.then(requests -> List.of(refusal(requests.getFirst(), new Errno(1))));

    assertThatThrownBy(() -> netlink.routes(IpVersion.V4))
        .isInstanceOf(KernelException.class)
        .hasMessage("list routes V4: refused: EPERM");
  }

  @Test
  void brokenAnswerIsACleanErrorAndTheNextCallStartsAfresh() {
    port.then(
            requests ->
                List.of(
                    new Datagram(
                        ScriptedPort.captured("routes-v4", requests.get(0)).bytes().slice(0, 50))))
        .then(KernelRtnetlinkTest::allRoutes);

    assertThatThrownBy(() -> netlink.routes(IpVersion.V4))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("are left");
    assertThat(netlink.routes(IpVersion.V4)).hasSizeGreaterThan(5);
    assertThat(port.opened()).isEqualTo(2);
  }

  @Test
  void silentKernelIsAnError() {
    port.then(requests -> List.of());

    assertThatThrownBy(() -> netlink.routes(IpVersion.V4))
        .isInstanceOf(KernelException.class)
        .hasMessage("list routes V4: no answer in time: EAGAIN");
  }

  @Test
  void answersToOtherRequestsAreSkipped() {
    port.then(
        requests ->
            List.of(
                ScriptedPort.code(RawMessage.ERROR, 0, requests.getFirst().sequence() - 1, -1),
                ScriptedPort.captured("routes-v4", requests.getFirst())));

    assertThat(netlink.routes(IpVersion.V4)).hasSizeGreaterThan(5);
  }

  @Test
  void kernelWithoutIpv6HasNoIpv6Routes() {
    port.then(KernelRtnetlinkTest::allRoutes);

    assertThat(netlink.routes(IpVersion.V6)).isEmpty();
  }

  @Test
  void onlyTheLastOfABatchAsksForAnAnswerAndFailuresAreAttributed() {
    List<Request> requests = routes(250);
    for (int i = 0; i < 3; i++) {
      port.then(
          batch ->
              List.of(
                  refusal(batch.get(1), Errno.EEXIST),
                  ScriptedPort.code(RawMessage.ERROR, 0, batch.getLast().sequence(), 0)));
    }

    assertThat(netlink.execute(requests))
        .containsExactly(
            new Refusal(requests.get(1), Errno.EEXIST, ""),
            new Refusal(requests.get(101), Errno.EEXIST, ""),
            new Refusal(requests.get(201), Errno.EEXIST, ""));
    assertThat(port.sent()).extracting(List::size).containsExactly(100, 100, 50);
    assertThat(port.sent().getFirst())
        .filteredOn(message -> (message.flags() & RawMessage.FLAG_ACK) != 0)
        .containsExactly(port.sent().getFirst().getLast());
    assertThat(netlink.requestsSent()).isEqualTo(250);
  }

  @Test
  void lostAnswersToABatchAreAnError() {
    port.then(batch -> List.of(new Failure(Errno.ENOBUFS)));

    assertThatThrownBy(() -> netlink.execute(routes(3)))
        .isInstanceOf(KernelException.class)
        .hasMessage("send 3 requests: receive: ENOBUFS");
  }

  @Test
  void refusalNamesTheThingTheOperationAndTheKernelsWords() {
    Request request = routes(1).getFirst();

    assertThat(new Refusal(request, Errno.ENODEV, "No such device").toException())
        .hasMessage(
            "replace route 10.0.0.0/32 dev #3 table 254 metric 0 proto 3 type 1:"
                + " ENODEV: No such device");
  }

  private static List<Answer> allRoutes(List<RawMessage> requests) {
    return List.of(ScriptedPort.captured("routes-v4", requests.getFirst()));
  }

  private static List<Request> routes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Ip(IpVersion.V4, 0, 0x0a000000 + i))
        .map(
            ip ->
                new RouteMessage(
                    RouteKey.main(ip.toCidr(), 0),
                    new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_LINK, 3),
                    new NextHop(3, null, false),
                    null))
        .map(route -> new Request(Request.Operation.REPLACE, route))
        .toList();
  }

  private static Datagram refusal(RawMessage request, Errno errno) {
    return ScriptedPort.code(RawMessage.ERROR, 0, request.sequence(), -errno.number());
  }

  private static Datagram interrupted(Datagram dump) {
    dump.bytes().putShort(6, (short) (0x2 | RawMessage.FLAG_DUMP_INTERRUPTED));
    return dump;
  }
}
