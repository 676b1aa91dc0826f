package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.lab.Await;
import felix.model.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over real sockets to real clients. */
class StreamsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path prefix;
  private final SyncHost host = new SyncHost();

  @BeforeEach
  void start() throws IOException {
    host.start(prefix);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void eachSocketTellsOfItsOwnWorkload() throws IOException {
    host.credentials("a", "web");
    host.credentials("b", "db");
    var web = host.connect("a");
    host.tell(SampleDeltas.workloads("web", "db"));
    var db = host.connect("b");

    SyncHost.awaitText(web, "in_sync");
    SyncHost.awaitText(db, "in_sync");
    assertThat(web.text()).contains("default/web").doesNotContain("default/db");
    assertThat(db.text()).contains("default/db").doesNotContain("default/web");
    assertThat(host.sync().clients()).isEqualTo(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.socket("a"))))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void nothingIsToldBeforeTheFirstDelta() throws IOException {
    host.credentials("a", "web");
    var web = host.connect("a");
    Await.until("it has come", LIMIT, () -> host.sync().clients() == 1);
    assertThat(web.messages()).isEmpty();

    host.tell(SampleDeltas.workloads("web"));
    SyncHost.awaitText(web, "in_sync");
  }

  @Test
  void aNewStreamTakesThePlaceOfTheOld() throws IOException {
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web"));
    var first = host.connect("a");
    SyncHost.awaitText(first, "in_sync");
    var second = host.connect("a");
    SyncHost.awaitText(second, "in_sync");

    Await.until("the first ends", LIMIT, first::isEnded);
    assertThat(first.status().isOk()).isTrue();
    assertThat(host.sync().clients()).isEqualTo(1);
    second.close();
    Await.until("nobody is left", LIMIT, () -> host.sync().clients() == 0);
  }

  @Test
  void aWorkloadThatGoesEndsItsStream() throws IOException {
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web"));
    var web = host.connect("a");
    SyncHost.awaitText(web, "in_sync");
    host.tell(
        SampleDeltas.delta(
            all -> all.workloads().record(SampleDeltas.key("web"), SampleDeltas.workload(), null)));

    Await.until("it ends", LIMIT, web::isEnded);
    assertThat(web.status().isOk()).isTrue();
    assertThat(web.text()).contains("workload_endpoint_remove");
  }

  @Test
  void whoDoesNotReadGetsTheOutcomeLaterAndHoldsNobodyUp() throws IOException {
    host.credentials("a", "web");
    host.credentials("b", "db");
    host.tell(SampleDeltas.workloads("web", "db"));
    var slow = host.connectWithoutReading("a");
    var quick = host.connect("b");
    SyncHost.awaitText(quick, "in_sync");
    Await.until("both have come", LIMIT, () -> host.sync().clients() == 2);
    for (int i = 1; i <= 3000; i++) {
      host.tell(SampleDeltas.labels(i));
    }
    SyncHost.awaitText(quick, "value-" + "3000");
    slow.read();
    SyncHost.awaitText(slow, "value-" + "3000");

    assertThat(slow.messages()).hasSizeLessThan(2500);
  }

  @Test
  void oneWorkloadCannotHaveManyConnections() throws IOException {
    host.credentials("a", "web");
    host.tell(SampleDeltas.workloads("web"));
    var streams = new ArrayList<SyncStream>();
    for (int i = 0; i < 6; i++) {
      streams.add(host.connect("a"));
    }

    Await.until(
        "two are turned away, three replaced",
        LIMIT,
        () -> streams.stream().filter(SyncStream::isEnded).count() == 5);
    assertThat(streams.stream().filter(SyncStream::isEnded).filter(s -> s.status().isOk()))
        .hasSize(3);
    assertThat(host.sync().clients()).isEqualTo(1);
  }

  @Test
  void aLargeSetComesInMessagesThatAClientTakes() throws IOException {
    host.credentials("a", "web");
    int many = 200_000;
    var set = new IpSetId("s:many");
    var delta =
        SampleDeltas.delta(
            all -> {
              all.workloads().record(SampleDeltas.key("web"), null, SampleDeltas.workload());
              all.ipSets().record(set, null, IpSetType.NET);
              for (int i = 0; i < many; i++) {
                var net = "fd00:1111:2222:3333:4444:5555:%x:%x/128".formatted(i >> 16, i & 0xffff);
                all.members().add(set, new IpSetMember.Net(Cidr.parse(net)));
              }
              all.profiles().record("calico", SampleDeltas.NO_RULES, SampleDeltas.naming("s:many"));
            });
    host.tell(SampleDeltas.workloads("db"));
    host.tell(delta);

    var web = host.connect("a");
    SyncHost.awaitText(web, "in_sync");
    long told = web.messages().stream().mapToLong(SampleDeltas::members).sum();
    assertThat(told).isEqualTo(many);
    assertThat(web.messages()).allMatch(message -> message.getSerializedSize() <= 4 << 20);
  }
}
