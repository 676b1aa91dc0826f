package felix.dataplane.link;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.model.Ip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private static final int LINKS = 40;

  private final List<LinkMessage> links = new ArrayList<>();
  private final List<AddressMessage> addresses = new ArrayList<>();

  private Snapshot snapshot(long seed) {
    var random = new Random(seed);
    for (int i = 1; i <= LINKS; i++) {
      int flags = random.nextBoolean() ? LinkMessage.FLAG_UP | LinkMessage.FLAG_RUNNING : 0;
      links.add(new LinkMessage(i, "cali" + i, flags, LinkSettings.ofKind("veth")));
      for (int n = random.nextInt(3); n > 0; n--) {
        addresses.add(new AddressMessage(i, Ip.parse("10.0." + i + "." + n), 32, 0));
      }
      addresses.add(new AddressMessage(i, Ip.parse("fe80::" + i), 64, 0));
    }
    return Snapshot.of(links, addresses, Set.of());
  }

  private InterfaceChange as(LinkMessage link, int index, List<AddressMessage> held) {
    var ips = new HashSet<Ip>();
    held.stream()
        .filter(address -> address.linkIndex() == link.index())
        .forEach(address -> ips.add(address.address()));
    return new InterfaceChange(
        link.name(), index, true, link.isOperUp(), link.settings().mtuBytes(), ips);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasReadIsNoNews(long seed) {
    var snapshot = snapshot(seed);
    assertThat(links)
        .noneMatch(link -> snapshot.contradicts(as(link, link.index(), addresses)))
        .noneMatch(link -> snapshot.contradicts(link.name(), new RtnetlinkEvent(link, false)));
    assertThat(addresses)
        .noneMatch(
            address ->
                snapshot.contradicts(
                    "cali" + address.linkIndex(), new RtnetlinkEvent(address, false)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsOtherwiseIsNews(long seed) {
    var snapshot = snapshot(seed);
    var fewer = addresses.stream().filter(a -> a.prefixLength() == 64).toList();
    assertThat(links)
        .allMatch(link -> snapshot.contradicts(as(link, link.index() + LINKS, addresses)))
        .allMatch(link -> snapshot.contradicts(link.name(), new RtnetlinkEvent(link, true)))
        .allMatch(
            link ->
                snapshot.contradicts(as(link, link.index(), fewer))
                    != snapshot.addressesOf(link).isEmpty());
    assertThat(addresses)
        .filteredOn(address -> address.prefixLength() == 32)
        .allMatch(
            address ->
                snapshot.contradicts(
                    "cali" + address.linkIndex(), new RtnetlinkEvent(address, true)));
  }

  @Test
  void anInterfaceThatWasNotReadIsNews() {
    var other = new LinkMessage(99, "cali99", 0, LinkSettings.ofKind("veth"));
    assertThat(snapshot(1).contradicts(as(other, 99, List.of()))).isTrue();
  }
}
