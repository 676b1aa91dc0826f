package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Probe;
import felix.lab.Workload;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interface with a workload's name that no endpoint in etcd has: nothing may pass it. */
@Tag("packets")
class UnknownInterfaceTest {
  private static final Workload UNKNOWN = Workload.ipv4(9);

  private static final List<Probe> PROBES =
      List.of(
          Probe.tcp(UNKNOWN.ip(), "203.0.113.5", 80),
          Probe.udp(UNKNOWN.ip(), Example.BOOKSTORE, 53),
          Probe.tcp("203.0.113.5", UNKNOWN.ip(), 80),
          Probe.udp(Example.BOOKSTORE, UNKNOWN.ip(), 53));

  @ParameterizedTest
  @EnumSource
  void isClosedUntilItHasAnEndpoint(Backend backend) {
    try (var lab = new Lab(UnknownInterfaceTest.class, backend)) {
      lab.load(Example.STATE);
      lab.node().plug(UNKNOWN);
      addRoute(lab, UNKNOWN);
      Example.STATE.workloads().forEach(workload -> addRoute(lab, workload));
      assertThat(lab.arrived(PROBES))
          .as("without an agent nothing stops them")
          .hasSize(PROBES.size());

      lab.startAgent().awaitReady();
      lab.settle();
      addRoute(lab, UNKNOWN);
      assertThat(lab.arrived(PROBES)).isEmpty();

      lab.etcd()
          .put(
              Example.endpointKey("late"),
              Example.endpoint("late", UNKNOWN.iface(), UNKNOWN.ip(), UNKNOWN.mac()));
      lab.settle();
      assertThat(lab.arrived(PROBES)).hasSize(PROBES.size());
    }
  }

  /** By hand, so that only rules can be in the way of a packet. */
  private static void addRoute(Lab lab, Workload workload) {
    lab.node().shell().run("ip route replace %s dev %s".formatted(workload.ip(), workload.iface()));
  }
}
