package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else takes away from the kernel comes back. */
@Tag("packets")
class DriftTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  abstract static class Cases extends OneLab {
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.set("FELIX_IPTABLESREFRESHINTERVAL", "2");
      lab.set("FELIX_IPSETSREFRESHINTERVAL", "2");
      lab.set("FELIX_ROUTEREFRESHINTERVAL", "2");
      lab.load(Example.STATE);
    }

    /** It is not ours to remove; ours goes back in front of it. */
    @Test
    void aRuleOfOthersAboveOursIsOvertaken() {
      var foreign = "iptables-" + backend.word() + " %s FORWARD -j ACCEPT";
      lab.node().shell().run(foreign.formatted("-I"));
      lab.awaitClosed(Example.DENIED);
      lab.node().shell().run(foreign.formatted("-D"));
      lab.settle();
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
    }

    /** IPT stands for iptables-legacy or iptables-nft; SET for a set of the example's policy. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "IPT -F",
          "IPT -F FORWARD",
          "IPT -F cali-FORWARD",
          "IPT -D cali-to-wl-dispatch -o cali0000001 -g cali-tw-cali0000001 || IPT -F cali-to-wl-dispatch",
          "IPT -I cali-tw-cali0000001 -j ACCEPT",
          "IPT -t raw -F cali-PREROUTING",
          "ipset flush SET",
          "ipset add SET 198.51.100.1",
          "ip route del 172.29.1.1",
          "ip neigh del 172.29.1.1 dev cali0000001"
        })
    void whatWasTakenAwayComesBack(String command) {
      var shell = lab.node().shell();
      var set = shell.run("ipset list -n | grep -m 1 '^cali40s:'").strip();
      var before = lab.kernelState();
      var taken = command.replace("IPT", "iptables-" + backend.word()).replace("SET", set);
      shell.run(taken);
      Await.until(
          "the kernel is as it was before " + taken, LIMIT, () -> lab.kernelState().equals(before));
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
    }
  }
}
