package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent writes of its endpoints and of itself, while their interfaces come and go. */
@Tag("packets")
class EndpointStatusTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String HOST = "/calico/felix/v2/no-region/host/node1/";
  private static final String ENDPOINT = HOST + "workload/k8s/default%2fstatus-test/endpoint/eth0";
  private static final String UP = "{\"status\":\"up\"}";
  private static final String DOWN = "{\"status\":\"down\"}";
  private static final String KEY = Example.endpointKey("status-test");

  @Test
  void keyAndFileFollowTheInterface(@TempDir Path files) {
    try (var lab = new Lab(EndpointStatusTest.class, Backend.LEGACY)) {
      lab.set("FELIX_ENDPOINTREPORTINGENABLED", "true");
      lab.set("FELIX_ENDPOINTREPORTINGDELAYSECS", "0.1");
      lab.set("FELIX_ENDPOINTSTATUSPATHPREFIX", files.toString());
      lab.set("FELIX_REPORTINGTTLSECS", "3");
      lab.load(Example.STATE);
      lab.etcd()
          .put(
              KEY,
              Example.endpoint("status-test", "cali0000009", "172.29.1.9", "ee:ee:ee:ee:ee:09"));
      lab.startAgent().awaitReady();
      await(lab, ENDPOINT, DOWN);
      Path file = files.resolve("endpoint-status/k8s default%2Fstatus-test eth0");
      assertThat(file).doesNotExist();

      lab.node().shell().run("ip link add cali0000009 type veth peer name health9");
      lab.node().shell().run("ip link set health9 up && ip link set cali0000009 up");
      await(lab, ENDPOINT, UP);
      assertThat(lab.kernelState()).contains("cali-tw-cali0000009");
      Await.until("its file is there", LIMIT, () -> Files.exists(file));
      assertThat(file)
          .hasContent(
              "{\"ifaceName\":\"cali0000009\",\"mac\":\"ee:ee:ee:ee:ee:09\","
                  + "\"ipv4Nets\":[\"172.29.1.9/32\"]}");

      lab.node().shell().run("ip link set cali0000009 down");
      await(lab, ENDPOINT, DOWN);
      Await.until("its file is gone", LIMIT, () -> !Files.exists(file));
      lab.etcd().delete(KEY);
      await(lab, ENDPOINT, "");

      Await.until("it reports itself", LIMIT, () -> !lab.etcd().get(HOST + "status").isEmpty());
      lab.agent().kill();
      await(lab, HOST + "status", "");
      assertThat(lab.etcd().get(HOST + "last_reported_status")).contains("\"first_update\":true");
    }
  }

  private static void await(Lab lab, String key, String value) {
    Await.until(key + " is '" + value + "'", LIMIT, () -> lab.etcd().get(key).equals(value));
  }
}
