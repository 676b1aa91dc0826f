package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.World;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recorded cluster with addresses of both families. */
@Tag("packets")
class Ipv6WorldTest {

  @ParameterizedTest
  @EnumSource
  void everyPacketHasTheRecordedVerdict(Backend backend) {
    var state = World.named("ipv6-3").states().getFirst();
    try (var lab = new Lab(Ipv6WorldTest.class, backend)) {
      lab.set("FELIX_IPV6SUPPORT", "true");
      lab.load(state);
      lab.startAgent().awaitReady();
      lab.settle();
      assertThat(lab.wrongVerdicts(state)).isEmpty();
    }
  }
}
