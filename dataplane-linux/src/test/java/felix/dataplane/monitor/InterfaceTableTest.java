package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.netlink.Samples;
import felix.model.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterfaceTableTest {
  private static final int UP = LinkMessage.FLAG_UP | LinkMessage.FLAG_RUNNING;
  private static final Ip IP = Ip.parse("10.0.0.1");

  private final InterfaceTable table = new InterfaceTable();

  @Test
  void listingTellsOfAllInterfacesWithTheirAddresses() {
    assertThat(
            table.replaceAll(
                List.of(link(1, "lo", UP), link(2, "cali1", LinkMessage.FLAG_UP)),
                List.of(address(1, IP, 8), address(1, IP, 32))))
        .containsExactly(there("lo", 1, true, IP), there("cali1", 2, false));
  }

  @Test
  void sameListingAgainTellsNothing() {
    table.replaceAll(List.of(link(1, "lo", UP)), List.of(address(1, IP, 8)));

    assertThat(table.replaceAll(List.of(link(1, "lo", UP)), List.of(address(1, IP, 8)))).isEmpty();
  }

  @Test
  void onlyUpAndRunningIsUp() {
    assertThat(changed(link(2, "cali1", 0))).containsExactly(there("cali1", 2, false));
    assertThat(changed(link(2, "cali1", LinkMessage.FLAG_RUNNING))).isEmpty();
    assertThat(changed(link(2, "cali1", LinkMessage.FLAG_UP))).isEmpty();
    assertThat(changed(link(2, "cali1", UP))).containsExactly(there("cali1", 2, true));
  }

  @Test
  void renameIsAnEndAndABeginning() {
    table.replaceAll(List.of(link(2, "cali1", UP)), List.of(address(2, IP, 32)));

    assertThat(changed(link(2, "cali2", UP)))
        .containsExactly(gone("cali1"), there("cali2", 2, true, IP));
  }

  @Test
  void namesSwappedBetweenListingsAreToldByIndex() {
    table.replaceAll(List.of(link(2, "a", UP), link(3, "b", UP)), List.of());

    assertThat(table.replaceAll(List.of(link(2, "b", UP), link(3, "a", UP)), List.of()))
        .containsExactlyInAnyOrder(there("b", 2, true), there("a", 3, true));
  }

  @Test
  void interfaceMadeAnewHasAnotherIndexAndNoAddresses() {
    table.replaceAll(List.of(link(2, "cali1", UP)), List.of(address(2, IP, 32)));

    assertThat(changed(link(9, "cali1", UP))).containsExactly(there("cali1", 9, true));
    assertThat(lost(link(2, "cali1", UP))).isEmpty();
  }

  @Test
  void whatIsMissingInAListingIsGone() {
    table.replaceAll(List.of(link(2, "cali1", UP), link(3, "cali2", UP)), List.of());

    assertThat(table.replaceAll(List.of(link(3, "cali2", UP), link(4, "cali3", UP)), List.of()))
        .containsExactly(gone("cali1"), there("cali3", 4, true));
  }

  @Test
  void addressesComeAndGo() {
    table.replaceAll(List.of(link(2, "cali1", UP)), List.of());

    assertThat(changed(address(2, IP, 32))).containsExactly(there("cali1", 2, true, IP));
    assertThat(changed(address(2, IP, 24))).isEmpty();
    assertThat(lost(address(2, IP, 32))).isEmpty();
    assertThat(lost(address(2, IP, 24))).containsExactly(there("cali1", 2, true));
  }

  @Test
  void addressThatWasNeverHeardOfMayGo() {
    table.replaceAll(List.of(link(2, "cali1", UP)), List.of());

    assertThat(lost(address(2, IP, 32))).isEmpty();
  }

  @Test
  void addressMayComeBeforeItsLink() {
    assertThat(changed(address(2, IP, 32))).isEmpty();
    assertThat(changed(link(2, "cali1", UP))).containsExactly(there("cali1", 2, true, IP));
  }

  @Test
  void otherEventsTellNothing() {
    assertThat(changed(Samples.route("10.0.0.1/32", 2))).isEmpty();
  }

  /** Whatever happens, what was told last of each name is what a listing of the truth would say. */
  @Test
  void whatIsToldAddsUpToTheTruth() {
    long seed = Long.getLong("test.seed", 7);
    var random = new Random(seed);
    var told = new HashMap<String, InterfaceChange>();
    var truth = new HashMap<Integer, LinkMessage>();
    for (int i = 0; i < 20_000; i++) {
      int index = 1 + random.nextInt(6);
      List<InterfaceChange> changes;
      LinkMessage old = truth.get(index);
      if (random.nextInt(20) == 0) {
        changes = table.replaceAll(new ArrayList<>(truth.values()), List.of());
      } else if (old != null && random.nextInt(3) == 0) {
        truth.remove(index);
        changes = lost(old);
      } else {
        String name = "if" + random.nextInt(6);
        if (truth.values().stream().anyMatch(l -> l.name().equals(name) && l.index() != index)) {
          continue;
        }
        LinkMessage link = link(index, name, random.nextBoolean() ? UP : 0);
        truth.put(index, link);
        changes = changed(link);
      }
      changes.forEach(change -> told.put(change.name(), change));
      told.values().removeIf(change -> !change.present());
      assertThat(told).as("seed %d step %d", seed, i).isEqualTo(expected(truth));
    }
  }

  private static Map<String, InterfaceChange> expected(Map<Integer, LinkMessage> truth) {
    var expected = new HashMap<String, InterfaceChange>();
    truth
        .values()
        .forEach(
            link -> expected.put(link.name(), there(link.name(), link.index(), link.isOperUp())));
    return expected;
  }

  private List<InterfaceChange> changed(RtnetlinkObject object) {
    return table.apply(new RtnetlinkEvent(object, false));
  }

  private List<InterfaceChange> lost(RtnetlinkObject object) {
    return table.apply(new RtnetlinkEvent(object, true));
  }

  private static LinkMessage link(int index, String name, int flags) {
    return new LinkMessage(index, name, flags, new LinkSettings("veth", 1500, null, 0, 0));
  }

  private static AddressMessage address(int index, Ip ip, int prefixLength) {
    return new AddressMessage(index, ip, prefixLength, 0);
  }

  private static InterfaceChange there(String name, int index, boolean up, Ip... addresses) {
    return new InterfaceChange(name, index, true, up, 1500, Set.of(addresses));
  }

  private static InterfaceChange gone(String name) {
    return new InterfaceChange(name, 0, false, false, 0, Set.of());
  }
}
