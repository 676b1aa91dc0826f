package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.FullyRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullyRandomOverrideTest {
  @ParameterizedTest
  @CsvSource({
    "iptables v1.8.9 (legacy), 6.1.0-18-cloud-amd64, true, true",
    "iptables v1.6.2, 3.14, true, true",
    "iptables v1.6.1, 3.14.1-rc2, false, true",
    "iptables v1.5.9, 4.0.0, false, false",
    "iptables v1.8.9, 3.13.0-170-generic, false, false",
    "iptables v1.8.9, 3.10.0-1160.el7.x86_64, false, false",
    "iptables v1.8.9, '', false, false",
    "no such program, 6.1.0, false, false"
  })
  void toolsAndKernelMustKnow(String tools, String release, boolean masquerade, boolean snat) {
    assertThat(
            FullyRandomOverride.NONE.orDetected(
                IptablesVersion.parse(tools), KernelVersion.parse(release)))
        .isEqualTo(new FullyRandom(masquerade, snat));
  }

  @Test
  void whatIsConfiguredCounts() {
    var override = new FullyRandomOverride(Optional.of(true), Optional.of(false));
    assertThat(override.orDetected(IptablesVersion.OLDEST, KernelVersion.OLDEST))
        .isEqualTo(new FullyRandom(true, false));
    assertThat(override.orDetected(new IptablesVersion(1, 8, 9), new KernelVersion(6, 1)))
        .isEqualTo(new FullyRandom(true, false));
  }
}
