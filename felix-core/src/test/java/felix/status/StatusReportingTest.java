package felix.status;

import static felix.status.StatusTextTest.report;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.datastore.EtcdServer;
import felix.datastore.EtcdSettings;
import felix.datastore.StatusStore;
import felix.datastore.SteadfastStore;
import felix.lab.Await;
import felix.model.HostEndpointKey;
import felix.model.WorkloadEndpointKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real etcd. */
@Timeout(180)
class StatusReportingTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final String HOST = "/calico/felix/v2/no-region/host/node1/";
  private static final String STATUS = HOST + "status";
  private static final String LAST = HOST + "last_reported_status";
  private static final StatusKeys KEYS = new StatusKeys(StatusKeys.NO_REGION, "node1");
  private static final String SHAPE =
      "\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\",\"uptime\":\\d+(\\.\\d+)?,"
          + "\"first_update\":(true|false)}";

  private final EndpointBoard board = new EndpointBoard();
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private EtcdServer etcd;
  private final List<SteadfastStore> stores = new CopyOnWriteArrayList<>();
  private StatusStore reader;
  private StatusReporting reporting;

  @BeforeEach
  void start() throws IOException {
    etcd = new EtcdServer();
    etcd.put("x", "waits until it answers");
    reader = store();
    reporting = new StatusReporting(KEYS, board, this::store, faults::add, Duration.ZERO);
  }

  @AfterEach
  void stop() throws IOException {
    reporting.follow(ReportingPlan.NONE);
    Await.until("the thread ends", LIMIT, () -> threads() == 0);
    stores.forEach(SteadfastStore::close);
    etcd.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void agentReportsItselfFirstAsSuchAndThenAgainAndAgain() {
    reporting.follow(agent(Duration.ofMillis(200), Duration.ofSeconds(90)));
    Await.until("a later report", LIMIT, () -> value(STATUS).contains("\"first_update\":false"));
    assertThat(value(STATUS)).matches(SHAPE);
    assertThat(value(LAST)).matches(SHAPE);
  }

  @Test
  void statusGoesWhenNobodyRenewsItAndTheLastReportStays() {
    reporting.follow(agent(Duration.ofHours(1), Duration.ofSeconds(2)));
    Await.until("a report", LIMIT, () -> !value(LAST).isEmpty());
    assertThat(value(LAST)).contains("\"first_update\":true");
    Await.until("it goes", LIMIT, () -> value(STATUS).isEmpty());
    assertThat(value(LAST)).matches(SHAPE);
  }

  @Test
  void settingsCanBeChangedOnTheWay() {
    reporting.follow(agent(Duration.ofHours(1), Duration.ofHours(1)));
    Await.until("a report", LIMIT, () -> !value(LAST).isEmpty());
    reporting.follow(ReportingPlan.NONE);
    Await.until("the thread ends", LIMIT, () -> threads() == 0);
    reporting.follow(agent(Duration.ofMillis(100), Duration.ofHours(1)));
    Await.until("another one", LIMIT, () -> value(LAST).contains("\"first_update\":false"));
  }

  @Test
  void keysOfEndpointsFollowTheBoard() {
    board.offer(key("web"), report("cali1", null));
    board.complete();
    reporting.follow(endpoints());
    awaitKeys(Map.of(KEYS.workload(key("web")), "{\"status\":\"up\"}"));
    board.offer(key("web"), inState(EndpointState.ERROR));
    board.offer(key("db"), inState(EndpointState.DOWN));
    awaitKeys(
        Map.of(
            KEYS.workload(key("web")), "{\"status\":\"error\"}",
            KEYS.workload(key("db")), "{\"status\":\"down\"}"));
    board.offer(key("web"), null);
    awaitKeys(Map.of(KEYS.workload(key("db")), "{\"status\":\"down\"}"));
  }

  @Test
  void hostEndpointsHaveKeysToo() {
    board.offer(new HostEndpointKey("node1-eth0"), new EndpointReport(EndpointState.UP, null));
    board.complete();
    reporting.follow(endpoints());
    Await.until(
        "its status",
        LIMIT,
        () ->
            value("/calico/felix/v1/host/node1/endpoint/node1-eth0").equals("{\"status\":\"up\"}"));
    board.offer(new HostEndpointKey("node1-eth0"), null);
    Await.until(
        "it goes", LIMIT, () -> value("/calico/felix/v1/host/node1/endpoint/node1-eth0").isEmpty());
  }

  @Test
  void whatIsWrongThereIsPutRightAndWhatIsOthersLetAlone() throws Exception {
    String others = "/calico/felix/v2/no-region/host/node10/workload/cni/default%2fx/endpoint/eth0";
    for (String key :
        List.of(
            KEYS.workload(key("web")),
            KEYS.workload(key("gone")),
            "/calico/felix/v1/host/node1/endpoint/old",
            others)) {
      reader.put(key, "{\"status\":1}", Duration.ZERO);
    }
    board.offer(key("web"), report("cali1", null));
    board.complete();
    reporting.follow(endpoints());
    awaitKeys(Map.of(KEYS.workload(key("web")), "{\"status\":\"up\"}"));
    Await.until(
        "the host endpoint is gone",
        LIMIT,
        () -> value("/calico/felix/v1/host/node1/endpoint/old").isEmpty());
    assertThat(value(others)).isEqualTo("{\"status\":1}");
  }

  @Test
  void nothingIsDeletedBeforeAllEndpointsAreKnown() throws Exception {
    String old = KEYS.workload(key("old"));
    reader.put(old, "{\"status\":\"up\"}", Duration.ZERO);
    board.offer(key("web"), report("cali1", null));
    reporting.follow(endpoints());
    Await.until("one is written", LIMIT, () -> !value(KEYS.workload(key("web"))).isEmpty());
    assertThat(value(old)).isNotEmpty();
    board.complete();
    Await.until("the other is deleted", LIMIT, () -> value(old).isEmpty());
  }

  @Test
  void whatIsRightAlreadyIsNotWrittenAgain() throws Exception {
    reader.put(KEYS.workload(key("web")), "{\"status\":\"up\"}", Duration.ZERO);
    var counting = new CountingStore(store());
    var keys = new EndpointKeys(KEYS, board, counting);
    board.offer(key("web"), report("cali1", null));
    board.complete();
    keys.turn();
    keys.compare();
    keys.turn();
    assertThat(counting.writes).isZero();
    assertThat(keys.isWorkWaiting()).isFalse();
  }

  @Test
  void outageOfTheDatastoreIsSurvived() throws Exception {
    reporting.follow(agent(Duration.ofMillis(100), Duration.ofSeconds(90)));
    Await.until("a report", LIMIT, () -> !value(LAST).isEmpty());
    etcd.kill();
    Await.until("failures", LIMIT, () -> reporting.failures() > 1);
    etcd.startAgain();
    String before = awaitAny(LAST);
    Await.until("another report", LIMIT, () -> !awaitAny(LAST).equals(before));
  }

  private static ReportingPlan agent(Duration interval, Duration timeToLive) {
    return new ReportingPlan(interval, timeToLive, false, OFTEN);
  }

  private static ReportingPlan endpoints() {
    return new ReportingPlan(Duration.ZERO, Duration.ZERO, true, OFTEN);
  }

  private static WorkloadEndpointKey key(String name) {
    return new WorkloadEndpointKey("node1", "cni", "default/" + name, "eth0");
  }

  private static EndpointReport inState(EndpointState state) {
    return new EndpointReport(state, report("cali1", null).workload());
  }

  private StatusStore store() {
    var store = new SteadfastStore(new EtcdSettings(List.of(etcd.endpoint())));
    stores.add(store);
    return store;
  }

  private void awaitKeys(Map<String, String> expected) {
    Predicate<Map<String, String>> equal = expected::equals;
    Await.until("keys are " + expected, LIMIT, () -> equal.test(all(KEYS.workloads())));
  }

  private String awaitAny(String key) {
    Await.until("a value of " + key, LIMIT, () -> !value(key).isEmpty());
    return value(key);
  }

  /** Empty if there is no such key, or no etcd. */
  private String value(String key) {
    return all(key).getOrDefault(key, "");
  }

  private Map<String, String> all(String prefix) {
    try {
      return reader.list(prefix);
    } catch (IOException e) {
      return Map.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(StatusReporting.THREAD))
        .count();
  }

  private static final class CountingStore implements StatusStore {
    private final StatusStore store;
    private int writes;

    CountingStore(StatusStore store) {
      this.store = store;
    }

    @Override
    public void put(String key, String value, Duration time)
        throws IOException, InterruptedException {
      writes++;
      store.put(key, value, time);
    }

    @Override
    public void delete(String key) throws IOException, InterruptedException {
      writes++;
      store.delete(key);
    }

    @Override
    public Map<String, String> list(String prefix) throws IOException, InterruptedException {
      return store.list(prefix);
    }
  }
}
