package felix.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import felix.lab.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceManagerTest {
  private static final HealthReport WELL = new HealthReport(List.of(), List.of(), List.of());
  private static final HealthReport STUCK =
      new HealthReport(List.of("Part: stuck"), List.of("Part: stuck"), List.of());
  private static final Duration WATCHDOG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private NotifySocket systemd;
  private ServiceManager service;

  @BeforeEach
  void listen() throws IOException {
    systemd = new NotifySocket(folder.resolve("notify"));
    service = new ServiceManager(systemd.path().toString(), WATCHDOG, now::get);
  }

  @AfterEach
  void close() {
    systemd.close();
  }

  @Test
  void readinessIsToldOnceWithTheStatus() {
    service.tell(WELL, () -> "waiting");
    awaitDatagrams("WATCHDOG=1|STATUS=waiting|");
    service.ready();
    service.tell(WELL, () -> "waiting");
    service.tell(WELL, () -> "waiting");
    service.stopping("over");
    awaitDatagrams("WATCHDOG=1|STATUS=waiting|", "READY=1|", "STOPPING=1|STATUS=over");
  }

  @Test
  void watchdogIsFedBeforeHalfOfItsTimeWhileAllThreadsGetOn() {
    service.tell(WELL, () -> "well");
    pass(Duration.ofSeconds(20));
    service.tell(WELL, () -> "well");
    pass(Duration.ofSeconds(9));
    service.tell(WELL, () -> "well");
    pass(WATCHDOG);
    service.tell(STUCK, () -> "well");
    pass(WATCHDOG);
    service.tell(STUCK, () -> "well");
    service.tell(WELL, () -> "well");
    awaitDatagrams(
        "WATCHDOG=1|STATUS=well|",
        "WATCHDOG=1|",
        "STATUS=stuck: Part: stuck|",
        "WATCHDOG=1|STATUS=well|");
  }

  @Test
  void numbersInTheStatusAreToldNowAndThenAndWordsAtOnce() {
    service.tell(WELL, () -> "in sync: 1 endpoints");
    service.tell(WELL, () -> "in sync: 2 endpoints");
    pass(Duration.ofSeconds(10));
    service.tell(WELL, () -> "in sync: 3 endpoints");
    service.tell(WELL, () -> "in sync: 3 endpoints; etcd does not answer");
    awaitDatagrams(
        "WATCHDOG=1|STATUS=in sync: 1 endpoints|",
        "STATUS=in sync: 3 endpoints|",
        "STATUS=in sync: 3 endpoints; etcd does not answer|");
  }

  @Test
  void whatCouldNotBeToldIsToldLater() throws IOException {
    Path path = folder.resolve("later");
    var later = new ServiceManager(path.toString(), WATCHDOG, now::get);
    later.ready();
    later.tell(WELL, () -> "well");
    try (var another = new NotifySocket(path)) {
      later.tell(WELL, () -> "well");
      Await.until(
          "all of it", WATCHDOG, () -> another.count("READY=1|WATCHDOG=1|STATUS=well|") == 1);
    }
  }

  @Test
  void environmentSaysWhetherAndHowOften() {
    assertThat(tick(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "500000")))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(tick(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "500000", "WATCHDOG_PID", "7")))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(tick(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "500000", "WATCHDOG_PID", "8")))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(tick(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "soon")))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void withoutSystemdNothingHappens() {
    var alone = ServiceManager.ofEnvironment(Map.of(), 7);
    assertThatCode(
            () -> {
              alone.ready();
              alone.tell(WELL, () -> "well");
              alone.stopping("over");
            })
        .doesNotThrowAnyException();
  }

  private static Duration tick(Map<String, String> environment) {
    return ServiceManager.ofEnvironment(environment, 7).tick(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void awaitDatagrams(String... expected) {
    Await.within(Duration.ofSeconds(10), () -> systemd.received().size() >= expected.length);
    assertThat(systemd.received()).containsExactly(expected);
  }
}
