package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.dataplane.netlink.Samples;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class InterfaceMonitorNetnsTest extends InterfaceMonitorContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }

  /** The kernel says that the link is deleted, but means the port of the bridge. */
  @Test
  void portThatLeavesABridgeIsStillThere() throws InterruptedException {
    var listener = new RecordingListener();
    try (var lab = new KernelLab();
        var monitor =
            new InterfaceMonitor(
                lab.netlink(),
                Duration.ZERO,
                Filters.OURS,
                listener,
                fault -> {
                  throw new AssertionError(fault);
                })) {
      lab.addLink("port1");
      KernelLab.ip("link add bridge1 type bridge");
      monitor.start();
      KernelLab.ip("link set port1 master bridge1");
      KernelLab.ip("link set port1 nomaster");
      KernelLab.ip("link delete bridge1");

      List<InterfaceChange> seen = new ArrayList<>();
      while (seen.stream().noneMatch(change -> isGone("bridge1", change))) {
        seen.add(listener.interfaces.take());
      }
      assertThat(seen).noneMatch(change -> isGone("port1", change));
    }
  }

  /** A routing daemon with many changes costs the dataplane's thread nothing at all. */
  @Test
  void stormOfForeignRoutesEndsInTheMonitor() throws InterruptedException {
    var listener = new RecordingListener();
    try (var lab = new KernelLab();
        Rtnetlink hand = lab.netlink().connect();
        var monitor =
            new InterfaceMonitor(
                lab.netlink(),
                Duration.ZERO,
                Filters.OURS,
                listener,
                fault -> {
                  throw new AssertionError(fault);
                })) {
      int eth8 = lab.addLink("eth8");
      lab.up("eth8");
      int cali8 = lab.addLink("cali8");
      lab.up("cali8");
      monitor.start();
      InterfaceChange told = listener.interfaces.take();
      while (!told.name().equals("cali8")) {
        told = listener.interfaces.take();
      }

      var storm = new ArrayList<Request>();
      for (int i = 0; i < 5_000; i++) {
        RouteMessage route = Samples.route(new Ip(IpVersion.V4, 0, 0x0a000000L + i) + "/32", eth8);
        storm.add(Samples.add(route));
        storm.add(Samples.delete(route));
      }
      assertThat(hand.execute(storm)).isEmpty();
      RouteMessage ours = Samples.route("10.65.0.1/32", cali8);
      hand.execute(List.of(Samples.add(ours)));

      Received first = listener.events.poll(30, TimeUnit.SECONDS);
      assertThat(first).isInstanceOf(Happened.class);
      if (first instanceof Happened happened) {
        assertThat(happened.events())
            .filteredOn(event -> event.object() instanceof RouteMessage)
            .containsExactly(new RtnetlinkEvent(ours, false));
      }
    }
  }

  private static boolean isGone(String name, InterfaceChange change) {
    return change.name().equals(name) && !change.present();
  }
}
