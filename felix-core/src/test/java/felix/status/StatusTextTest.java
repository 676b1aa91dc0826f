package felix.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.delta.ActiveWorkload;
import felix.model.Cidr;
import felix.model.MacAddress;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** To the byte as Felix writes it: datamodel of v3.14, files of today's. */
class StatusTextTest {
  private static final WorkloadEndpointKey KEY =
      new WorkloadEndpointKey("node1", "cni", "default/web%1", "eth0");

  @Test
  void agentsStatusIsFelixs() {
    var now = Instant.parse("2026-11-21T02:11:29.987Z");
    assertThat(StatusText.agent(now, Duration.ofMillis(10_120), true))
        .isEqualTo("{\"time\":\"2026-11-21T02:11:29Z\",\"uptime\":10.12,\"first_update\":true}");
    assertThat(StatusText.agent(now, Duration.ofSeconds(100), false))
        .isEqualTo("{\"time\":\"2026-11-21T02:11:29Z\",\"uptime\":100,\"first_update\":false}");
  }

  @Test
  void keysAreFelixs() {
    var keys = new StatusKeys(StatusKeys.NO_REGION, "node1");
    assertThat(keys.status()).isEqualTo("/calico/felix/v2/no-region/host/node1/status");
    assertThat(keys.lastReported())
        .isEqualTo("/calico/felix/v2/no-region/host/node1/last_reported_status");
    assertThat(keys.workload(KEY))
        .isEqualTo(
            "/calico/felix/v2/no-region/host/node1/workload/cni/default%2fweb%251/endpoint/eth0");
    assertThat(keys.isEndpoint(keys.workload(KEY))).isTrue();
    assertThat(keys.isEndpoint("/calico/felix/v1/host/node1/endpoint/eth0")).isTrue();
    assertThat(keys.isEndpoint(keys.status())).isFalse();
    assertThat(keys.isEndpoint(keys.workloads() + "cni/web/other/eth0")).isFalse();
  }

  @Test
  void hostThatWouldLeadElsewhereIsRefused() {
    assertThatThrownBy(() -> new StatusKeys(StatusKeys.NO_REGION, "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fileHasOnlyWhatThereIs() {
    assertThat(
            StatusText.file(
                requireNonNull(report("cali1", null, "10.0.0.1/32", "fd00::1/128").workload())))
        .isEqualTo(
            "{\"ifaceName\":\"cali1\",\"ipv4Nets\":[\"10.0.0.1/32\"],\"ipv6Nets\":[\"fd00::1/128\"]}");
    assertThat(
            StatusText.file(
                requireNonNull(
                    report("cali<\"1", MacAddress.parse("ee:ee:ee:ee:ee:ee"), "10.0.0.1/32")
                        .workload())))
        .isEqualTo(
            "{\"ifaceName\":\"cali\\u003c\\\"1\",\"mac\":\"ee:ee:ee:ee:ee:ee\","
                + "\"ipv4Nets\":[\"10.0.0.1/32\"]}");
  }

  @Test
  void fileNameIsThatOfGosPathEscape() {
    assertThat(StatusFileName.of(KEY)).isEqualTo("cni default%2Fweb%251 eth0");
    assertThat(StatusFileName.of(new WorkloadEndpointKey("h", "a b", "$&+,:;=?@~ü", "..")))
        .isEqualTo("a%20b $&+%2C:%3B=%3F@~%C3%BC ..");
    assertThat(StatusFileName.of(new WorkloadEndpointKey("h", "o", "w".repeat(300), "e")))
        .isEmpty();
  }

  static EndpointReport report(String interfaceName, @Nullable MacAddress mac, String... networks) {
    return new EndpointReport(
        EndpointState.UP,
        new ActiveWorkload(
            interfaceName,
            List.of(networks).stream().map(Cidr::parse).toList(),
            mac,
            List.of(),
            List.of(),
            WorkloadExtras.NONE));
  }
}
