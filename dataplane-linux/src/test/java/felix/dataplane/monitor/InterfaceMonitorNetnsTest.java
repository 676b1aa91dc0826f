package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static boolean isGone(String name, InterfaceChange change) {
    return change.name().equals(name) && !change.present();
  }
}
