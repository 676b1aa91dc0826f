package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.RpfVerdict.Enforced;
import felix.rpf.RpfVerdict.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal tells the operator to do, done to a kernel. */
@Tag("netns")
class WaysOutTest {
  private static final Pattern COMMANDS = Pattern.compile("Make it strict: `(.*)` ?");

  @ParameterizedTest
  @CsvSource({"2,2,2", "2,0,0", "0,2,0", "1,2,1", "0,1,2", "2,2,0", "3,1,0"})
  void theCommandsMakeItStrict(int all, int forNew, int own) throws Exception {
    sh(
        """
        ip link add rpfa type veth peer name cali.odd\\$x && ip link add rpfb type veth peer name cali1
        cd /proc/sys/net/ipv4/conf
        echo %d >all/rp_filter; echo %d >default/rp_filter
        for f in cali*/rp_filter; do echo %d >"$f"; done
        """
            .formatted(all, forNew, own));
    try {
      assertThat(judge(true).status()).isOne();
      assertThat(judge(false))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                var commands = COMMANDS.matcher(refused.reason());
                assertThat(commands.find()).isTrue();
                sh(commands.group(1));
              });
      assertThat(judge(false)).isNotInstanceOf(Refused.class);
      assertThat(judge(false) instanceof Enforced).isEqualTo(all > 0 || (forNew > 0 && own > 0));
    } finally {
      sh("ip link del rpfa; ip link del rpfb");
    }
  }

  @Test
  void interfacesMayGoWhileTheyAreRead() throws Exception {
    var churn =
        new ProcessBuilder(
                "sh",
                "-c",
                "for i in $(seq 60); do ip link add calix$i type veth peer name caliy$i; ip link del calix$i; done")
            .start();
    while (churn.isAlive()) {
      assertThat(RpFilterReader.ofHost().read().all()).isNotNull();
    }
    assertThat(churn.exitValue()).isZero();
  }

  private static RpfVerdict judge(boolean ignore) {
    return RpfCheck.judge(RpFilterReader.ofHost().read(), WorkloadInterfaces.CALICO, ignore);
  }

  private static void sh(String script) {
    try {
      var process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
