package felix.dataplane.link;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.link.LinkWish.Kept;
import felix.dataplane.link.LinkWish.Released;
import felix.dataplane.link.LinkWish.Wanted;
import felix.dataplane.link.Tunnel.IpIp;
import felix.dataplane.link.Tunnel.Vxlan;
import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.VxlanParameters;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.model.Ip;
import felix.model.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * After any history of wishes, parents, hand edits and faults, one calm moment is enough to have
 * our devices as wished; and then nothing is written any more. Where there were no faults and the
 * driver was told of everything, it must notice without being told to read.
 */
class LinkDriverHistoriesTest {
  private static final int HISTORIES = 5_000;
  private static final long FIRST_SEED = Long.getLong("test.seed", 1);
  private static final List<String> PARENTS = List.of("eth0", "eth1");
  private static final List<Ip> ADDRESSES =
      List.of(Ip.parse("172.29.1.0"), Ip.parse("172.29.1.7"), Ip.parse("10.9.9.9"));

  @Test
  void endsAsWished() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      var history = new History(seed);
      try {
        history.run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " after " + history.steps, e);
      }
    }
  }

  private static final class History {
    private final Random random;
    private final StringBuilder steps = new StringBuilder();
    private final boolean disturbed;
    private final AtomicLong nanoTime = new AtomicLong();
    private final FakeKernel kernel = new FakeKernel();
    private final Rtnetlink hand = kernel.undisturbed();
    private final InterfaceFeed feed = new InterfaceFeed(hand);
    private final List<RtnetlinkEvent> untold = new ArrayList<>();
    private final LinkDriver driver;
    private final Map<String, LinkWish> wishes = new HashMap<>();

    History(long seed) {
      random = new Random(seed);
      disturbed = random.nextInt(3) == 0;
      kernel.listen(untold::add);
      driver =
          new LinkDriver(
              kernel.netlink().connect(),
              kernel.netlink().ethtool(),
              (command, input) -> new CommandResult(1, "", ""),
              nanoTime::get);
    }

    void run() {
      for (int i = 0; i < 30; i++) {
        step();
      }
      calmMoment();
    }

    private void calmMoment() {
      kernel.heal();
      tell();
      nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
      if (disturbed) {
        driver.queueResync();
      }
      @Nullable LinkMessage vxlan = named(LinkDriver.VXLAN);
      @Nullable LinkMessage tunl0 = named(LinkDriver.IPIP);

      ApplyOutcome outcome = driver.apply();

      boolean vxlanIsRight = check(LinkDriver.VXLAN, vxlan, outcome);
      boolean tunl0IsRight = check(LinkDriver.IPIP, tunl0, outcome);
      boolean complete = vxlanIsRight && tunl0IsRight;
      assertThat(outcome.equals(ApplyOutcome.IN_SYNC)).isEqualTo(complete);
      tell();
      long writes = driver.writes();
      driver.apply();
      assertThat(driver.writes()).as("of a second apply").isEqualTo(writes);
      if (complete) {
        driver.queueResync();
        driver.apply();
        assertThat(driver.writes()).as("after reading anew").isEqualTo(writes);
      }
    }

    /** Whether the device is all that is wished; else the outcome must say so. */
    private boolean check(String name, @Nullable LinkMessage before, ApplyOutcome outcome) {
      LinkMessage now = named(name);
      return switch (wishes.get(name)) {
        case null -> {
          assertThat(now).isEqualTo(name.equals(LinkDriver.VXLAN) ? null : before);
          yield true;
        }
        case Kept() -> {
          assertThat(now).isEqualTo(before);
          yield true;
        }
        case Released() -> {
          assertThat(now == null || !now.isUp()).isTrue();
          assertThat(now == null || now.settings().mtuBytes() == 1480).isTrue();
          yield true;
        }
        case Wanted(IpIp ipip, int mtu, var mac, var address) -> {
          if (now == null) {
            assertThat(outcome).isInstanceOf(Partly.class);
            yield false;
          }
          assertThat(now.settings().mtuBytes()).isEqualTo(mtu);
          assertUpWithAddress(now, address);
          yield true;
        }
        case Wanted(Vxlan vxlan, int mtu, var mac, var address) ->
            checkVxlan(now, vxlan, new Wanted(vxlan, mtu, mac, address), outcome);
      };
    }

    private boolean checkVxlan(
        @Nullable LinkMessage now, Vxlan vxlan, Wanted wanted, ApplyOutcome outcome) {
      LinkMessage parent = named(vxlan.parentName());
      if (parent == null) {
        assertThat(outcome).isInstanceOfAny(NotReady.class, Partly.class);
        return false;
      }
      var right =
          new VxlanParameters(
              vxlan.vni(), vxlan.port(), vxlan.local(), parent.index(), Learning.NONE);
      if (now == null || !right.equals(now.vxlan())) {
        assertThat(hand.links())
            .as("why it is not right")
            .extracting(LinkMessage::name)
            .containsAnyOf("rival", "spare");
        assertThat(outcome).isInstanceOf(Partly.class);
        return false;
      }
      assertThat(now.settings().mac()).isEqualTo(wanted.mac());
      assertUpWithAddress(now, wanted.address());
      assertThat(kernel.netlink().ethtool().checksumOffload(now.name()))
          .isEqualTo(vxlan.checksumOffload());
      if (wanted.mtuBytes() > parent.settings().mtuBytes() - 50
          && now.settings().mtuBytes() != wanted.mtuBytes()) {
        assertThat(outcome).isInstanceOf(Partly.class);
        return false;
      }
      assertThat(now.settings().mtuBytes()).isEqualTo(wanted.mtuBytes());
      return true;
    }

    private void assertUpWithAddress(LinkMessage link, @Nullable Ip address) {
      assertThat(link.isUp()).isTrue();
      assertThat(hand.addresses())
          .filteredOn(held -> held.linkIndex() == link.index())
          .filteredOn(held -> !held.address().toString().contains(":"))
          .extracting(AddressMessage::address)
          .isEqualTo(address == null ? List.of() : List.of(address));
    }

    private void step() {
      int what = random.nextInt(16);
      steps.append(what).append(' ');
      switch (what) {
        case 0, 1 -> wish();
        case 2 -> dislike();
        case 3, 4 -> parentStep();
        case 5, 6, 7 -> handStep();
        case 8 -> rivalStep();
        case 9 -> kernel.installIpip(random.nextBoolean());
        case 10 -> nanoTime.addAndGet(Duration.ofSeconds(random.nextInt(20)).toNanos());
        case 11, 12 -> driver.apply();
        case 13 -> tell();
        default -> {
          if (disturbed) {
            disturb();
          }
        }
      }
    }

    private void tell() {
      feed.tell(driver::onInterface);
      List.copyOf(untold).forEach(driver::onEvent);
      untold.clear();
    }

    private void disturb() {
      switch (random.nextInt(4)) {
        case 0 -> kernel.refuse(request -> random.nextInt(3) == 0, Errno.EBUSY);
        case 1 -> kernel.interruptDumps(1 + random.nextInt(2));
        case 2 -> untold.clear();
        default -> kernel.heal();
      }
    }

    private void wish() {
      boolean ipip = random.nextInt(3) == 0;
      String name = ipip ? LinkDriver.IPIP : LinkDriver.VXLAN;
      LinkWish wish =
          random.nextInt(6) == 0
              ? (ipip && random.nextBoolean() ? new Released() : new Kept())
              : new Wanted(
                  ipip ? new IpIp() : vxlan(),
                  List.of(1400, 1450, 1480).get(random.nextInt(3)),
                  ipip ? null : new MacAddress(1 + random.nextInt(3)),
                  random.nextInt(5) == 0 ? null : address());
      wishes.put(name, wish);
      driver.desired().set(name, wish);
    }

    private Vxlan vxlan() {
      return new Vxlan(
          4096 + random.nextInt(2),
          random.nextInt(6) == 0 ? 8472 : 4789,
          address(),
          parent(),
          true);
    }

    private void dislike() {
      if (random.nextBoolean()) {
        wishes.remove(LinkDriver.VXLAN);
        driver.desired().replaceAll(wishes);
      } else {
        String name = random.nextBoolean() ? LinkDriver.VXLAN : LinkDriver.IPIP;
        wishes.remove(name);
        driver.desired().remove(name);
      }
    }

    private void parentStep() {
      String name = parent();
      LinkMessage parent = named(name);
      if (parent == null) {
        kernel.addLink(name);
        kernel.up(name);
      } else if (random.nextInt(3) == 0) {
        kernel.delete(name);
      } else {
        change(parent, new LinkSettings(null, 1400 + 50 * random.nextInt(4), null, 0, 0), null);
      }
    }

    private void rivalStep() {
      LinkMessage rival = named("rival");
      if (rival != null) {
        hand.execute(List.of(delete(rival)));
      } else if (random.nextInt(3) == 0) {
        hand.execute(List.of(add(strange("rival"))));
      }
    }

    private void handStep() {
      String name = random.nextInt(4) == 0 ? LinkDriver.IPIP : LinkDriver.VXLAN;
      LinkMessage link = named(name);
      if (link == null) {
        if (name.equals(LinkDriver.VXLAN)) {
          hand.execute(List.of(add(strange(name))));
        }
        return;
      }
      switch (random.nextInt(9)) {
        case 0 -> hand.execute(List.of(delete(link)));
        case 1 -> kernel.down(name);
        case 2 -> change(link, new LinkSettings(null, 1300 + random.nextInt(9), null, 0, 0), null);
        case 3 -> change(link, new LinkSettings(null, 0, new MacAddress(9), 0, 0), null);
        case 4 ->
            change(
                link,
                LinkSettings.ofKind("vxlan"),
                new VxlanParameters(
                    link.vxlan() == null ? 0 : link.vxlan().vni(),
                    0,
                    address(),
                    0,
                    new Learning(random.nextBoolean(), false, false, null)));
        case 5 -> {
          if (named("spare") == null) {
            kernel.rename(name, "spare");
          }
        }
        case 6 -> {
          LinkMessage spare = named("spare");
          if (spare != null) {
            hand.execute(List.of(delete(spare)));
          }
        }
        default -> addressStep(link);
      }
    }

    private void addressStep(LinkMessage link) {
      Ip ip = random.nextInt(4) == 0 ? Ip.parse("fe80::77") : address();
      var address =
          new AddressMessage(
              link.index(), ip, random.nextInt(3) == 0 ? 24 : ip.version().bits(), 0);
      List<AddressMessage> held =
          hand.addresses().stream().filter(one -> one.linkIndex() == link.index()).toList();
      if (held.isEmpty() || random.nextBoolean()) {
        hand.execute(List.of(add(address)));
      } else {
        hand.execute(List.of(delete(held.get(random.nextInt(held.size())))));
      }
    }

    private void change(LinkMessage link, LinkSettings settings, @Nullable VxlanParameters vxlan) {
      hand.execute(
          List.of(
              new Request(
                  Operation.CHANGE,
                  new LinkMessage(link.index(), "", link.flags(), settings, vxlan))));
    }

    /** A VXLAN that may be anything, or something else. */
    private LinkMessage strange(String name) {
      if (random.nextInt(4) == 0) {
        return new LinkMessage(0, name, 0, LinkSettings.ofKind("bridge"));
      }
      LinkMessage parent = named(parent());
      return new LinkMessage(
          0,
          name,
          LinkMessage.FLAG_UP,
          LinkSettings.ofKind("vxlan"),
          new VxlanParameters(
              4096 + random.nextInt(2),
              4789,
              address(),
              parent == null ? 0 : parent.index(),
              new Learning(random.nextBoolean(), random.nextInt(3) == 0, false, null)));
    }

    private String parent() {
      return PARENTS.get(random.nextInt(PARENTS.size()));
    }

    private Ip address() {
      return ADDRESSES.get(random.nextInt(ADDRESSES.size()));
    }

    private @Nullable LinkMessage named(String name) {
      return hand.links().stream()
          .filter(link -> link.name().equals(name))
          .findFirst()
          .orElse(null);
    }
  }
}
