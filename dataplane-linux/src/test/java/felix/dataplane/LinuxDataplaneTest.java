package felix.dataplane;

import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.ScenarioTest.fill;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.iptables.IptablesBackend;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads, the ring, the monitor and the kernel together. */
@Tag("netns")
@Timeout(60)
class LinuxDataplaneTest {
  private final DeltaBuilder cluster = new DeltaBuilder();
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private TestHost host;
  private LinuxDataplane dataplane;

  @BeforeEach
  void start() {
    NetworkNamespace.requireOwn();
    host = TestHost.ofKernel(IptablesBackend.LEGACY);
    dataplane = LinuxDataplane.ofHost(DataplaneSettings.defaults(), Surroundings.of(faults::add));
    dataplane.start();
  }

  @AfterEach
  void stop() {
    dataplane.close();
    host.close();
    assertThat(faults).isEmpty();
  }

  private void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(faults).as(what).isEmpty();
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void linksThatComeWhileItRunsGetWhatTheirWorkloadsNeed() {
    host.addRunningLink("cali1");
    fill(cluster);
    assertThat(dataplane.offer(cluster.take())).isTrue();
    await("in sync", () -> dataplane.status().isInSync());
    assertThat(host.dump()).contains("v4 filter :cali-tw-cali1\n");
    await("route to cali1", () -> host.dump().contains("route 10.0.0.1/32 dev cali1\n"));

    host.addRunningLink("cali3");
    cluster.workload("c", workload("cali3", "calico", null, "10.0.0.3/32"));
    assertThat(dataplane.offer(cluster.take())).isTrue();
    await("route to cali3", () -> host.dump().contains("route 10.0.0.3/32 dev cali3\n"));
    assertThat(dataplane.status().kernelWrites()).containsKey("iptables filter v6");
  }
}
