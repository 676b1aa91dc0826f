package felix.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of the smallest size: it comes to its end, and the agent knows what was written. */
@Tag("packets")
class ScaleRunTest {
  @ParameterizedTest
  @CsvSource({"legacy,vxlan", "nft,none"})
  void measuresAnAgent(String backend, String overlay, @TempDir Path folder) throws Exception {
    var plan =
        Plan.parse(
            "local=20",
            "remote=130",
            "policies=30",
            "rounds=2",
            "churn=100",
            "idle=1",
            "backend=" + backend,
            "overlay=" + overlay,
            "agents=" + System.getProperty("lab.agent"));
    var figures = ScaleRun.run(plan, folder).getFirst();
    assertThat(figures.names())
        .contains(
            "start: all chains, s",
            "idle: CPU, %",
            "policy allows, ms, p50",
            "endpoint comes, ms, p95",
            "churn: CPU, s");
    assertThat(figures.value("endpoints known")).isEqualTo(150);
    assertThat(figures.value("routes to other hosts")).isEqualTo(overlay.equals("vxlan") ? 3 : 0);
    assertThat(figures.value("start: times not alive after that")).isZero();
  }
}
