package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.DcosHost;
import felix.lab.Figures;
import felix.lab.Service;
import felix.lab.Trace;
import felix.lab.Traffic;
import felix.lab.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The package on a host with systemd and with the files of DC/OS, from its installation to its
 * removal. Every case finds the service running and leaves it so, in any order; only the removal is
 * the last.
 */
@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceTest {
  private static final Path DEB = Path.of("../target/guest/package.deb");

  /** The same under a higher version. */
  private static final Path NEXT_DEB = Path.of("../target/guest/package-next.deb");

  private static final double EXPOSURE_LIMIT = 2.5;

  /** What the tests add to the unit; names are in the order in which they count. */
  private static final String BASE = "1-base";

  private static final String LEGACY = "2-legacy";

  /** CAP_NET_ADMIN and CAP_NET_RAW. */
  private static final String TWO_CAPABILITIES = "0000000000003000";

  private static final Duration SETTLED = Duration.ofMillis(300);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String PAGE = "Moby-Dick, 3 copies";
  private static final int TIMED_OUT = 28;

  /** DC/OS names nodes by their address, and the profile is made by the service. */
  private static final World.State STATE = onDcos(Example.STATE);

  /** What is still there after a purge, and why. */
  private static final Pattern LEFT =
      Pattern.compile(
          String.join(
              "|",
              // dpkg's own, adduser's, systemd's, and the lock of all that call iptables
              "file /var/lib/dpkg/",
              "file /var/(log|cache)/",
              "file /etc/((passwd|group|shadow|gshadow|subuid|subgid)-?|[.]pwd[.]lock)$",
              "file /run/(adduser|systemd/show-status|xtables[.]lock)$",
              // other software of Calico's looks for them: the network plugin, calicoctl
              "file /var/lib/calico/nodename$",
              "file /etc/calico/calicoctl[.]cfg$",
              // loading ipip makes tunl0, in every namespace; it is down and has no address
              "link tunl0",
              "[.]tunl0[.]",
              // they go with the interface, which is the network plugin's
              "[.]cali[0-9]+[.](proxy_arp|route_localnet|proxy_ndp) = [01]$"));

  private final Figures figures = new Figures(ServiceTest.class);
  private final DcosHost host = new DcosHost(ServiceTest.class);
  private final Service service = host.service();
  private Trace before = new Trace(List.of());

  private static World.State onDcos(World.State state) {
    var kvs = new LinkedHashMap<String, String>();
    state
        .kvs()
        .forEach(
            (key, value) ->
                kvs.put(
                    key.replace("node1", DcosHost.NAME), value.replace("node1", DcosHost.NAME)));
    kvs.remove(Resource.PROFILE.key());
    return new World.State(kvs, state.workloads(), state.probes(), state.allowed());
  }

  @BeforeAll
  void installAndStart() {
    host.lab().load(STATE);
    before = Trace.now();
    service.addToUnit(BASE, "[Service]\nWatchdogSec=15\nEnvironment=FELIX_IPTABLESBACKEND=nft");
    measured("dpkg -i, which starts it", () -> service.install(DEB));
    service.awaitReady();
  }

  @AfterAll
  void close() {
    host.close();
  }

  @Test
  void theBookstoreClientGetsItsPageAndTheFruitstoreClientTimesOut() {
    var lab = host.lab();
    try (var pages = lab.serve(STATE.workloads().get(0), 80, PAGE)) {
      var request = "curl -q -s --noproxy '*' -m 2 " + pages.url();
      assertThat(lab.node().shell(STATE.workloads().get(1)).attempt(request).out()).isEqualTo(PAGE);
      assertThat(lab.node().shell(STATE.workloads().get(2)).attempt(request).exit())
          .isEqualTo(TIMED_OUT);
    }
    assertThat(lab.wrongVerdicts(STATE)).isEmpty();
  }

  @Test
  void hasTheRightsOfItsUnitAndNoOthers() {
    var security = service.security();
    System.out.println(security.substring(security.lastIndexOf('\n') + 1));
    var sum = Pattern.compile("Overall exposure level for \\S+: (\\S+)").matcher(security);
    assertThat(sum.find()).as(security).isTrue();
    assertThat(Double.parseDouble(sum.group(1))).isLessThanOrEqualTo(EXPOSURE_LIMIT);

    assertThat(Stream.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
        .allSatisfy(set -> assertThat(service.processStatus(set)).isEqualTo(TWO_CAPABILITIES));
    assertThat(service.processStatus("NoNewPrivs")).isEqualTo("1");
    assertThat(service.processStatus("Seccomp")).as("a filter").isEqualTo("2");
    assertThat(service.processStatus("Uid").split("\\s+", -1))
        .containsOnly(host.lab().node().shell().run("id -u calico").strip())
        .doesNotContain("0");
  }

  @Test
  void aRestartLosesNoPacket() {
    withoutLoss("systemctl restart", service::restart);
  }

  @Test
  void isStartedAgainWhenKilled() {
    withoutLoss("kill -9", () -> service.signal("KILL"));
  }

  /** It cannot tell that it hangs; systemd can. */
  @Test
  void isStartedAgainWhenItHangs() {
    withoutLoss("watchdog", () -> service.signal("STOP"));
  }

  /** And with IPIP wanted from then on: a device, an address and routes that it may make. */
  @Test
  void endsToTakeAnotherConfigurationAndIsStartedAgainWithoutAFailure() {
    var failures = service.failures();
    var process = service.pid();
    withoutLoss(
        "another configuration",
        () -> {
          host.lab()
              .etcd()
              .write(
                  Resource.map(
                      Stream.of(
                          Resource.felixConfiguration("\"ipipEnabled\": true, \"ipipMTU\": 1480"),
                          Resource.pool("ipip", "172.29.0.0/16", "\"ipipMode\": \"Always\""),
                          Resource.node(
                              DcosHost.NAME,
                              "\"bgp\": {\"ipv4Address\": \"10.65.0.1/24\", \"ipv4IPIPTunnelAddr\": \"172.29.1.0\"}"))),
                  List.of());
          service.awaitOtherThan(process);
        });
    assertThat(service.failures()).isEqualTo(failures);
    Await.until(
        "tunl0 has its address",
        LIMIT,
        () -> shell("ip addr show tunl0").contains("inet 172.29.1.0/32"));
    assertThat(shell("ip link show tunl0")).contains("mtu 1480", "UP");
  }

  @Test
  void anUpgradeLosesNoPacket() {
    var process = service.pid();
    withoutLoss(
        "upgrade",
        () -> {
          service.install(NEXT_DEB);
          service.awaitOtherThan(process);
        });
  }

  /** A line is a process and what it said. */
  @Test
  void theJournalHasEachLineOnceAndWithOneTime() {
    assertThat(service.journal())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .noneMatch(Pattern.compile("\\d-\\d\\d[ T]\\d\\d:\\d\\d:").asPredicate());
  }

  /** The removal comes after it, and finds what was made with both kinds of iptables. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void worksWithIptablesLegacyToo() {
    service.addToUnit(LEGACY, "[Service]\nEnvironment=FELIX_IPTABLESBACKEND=legacy");
    withoutLoss("to iptables-legacy", service::restart);
    assertThat(shell("iptables-legacy-save")).contains("cali-tw-cali0000001");
    assertThat(host.lab().wrongVerdicts(STATE)).isEmpty();
    service.takeFromUnit(LEGACY);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void stoppedItLeavesTheKernelAndPurgedNothing() {
    var state = host.lab().kernelState();
    withoutLoss("stop", service::stop);
    assertThat(host.lab().kernelState()).isEqualTo(state);
    assertThat(host.lab().wrongVerdicts(STATE)).isEmpty();

    measured("dpkg -r", service::remove);
    assertThat(host.lab().kernelState()).doesNotContain("cali-").doesNotContain("cali40");
    service.purge();
    service.takeFromUnit(BASE);
    assertThat(Trace.now().since(before, LEFT)).isEmpty();
  }

  /** Every change while packets flow: none that is allowed is lost, none that is denied gets by. */
  private void withoutLoss(String what, Runnable change) {
    Traffic.Tally tally;
    try (var traffic = host.lab().traffic(Example.ALLOWED, Example.DENIED)) {
      measured(what, change);
      Await.stays(SETTLED, () -> true);
      tally = traffic.stop();
    }
    System.out.println(what + ": " + tally);
    assertThat(tally.lost()).as("lost while " + what).isZero();
    assertThat(tally.through()).as("through while " + what).isZero();
    assertThat(tally.sent()).isPositive();
  }

  private void measured(String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    figures.add(what, Duration.ofNanos(System.nanoTime() - start));
  }

  private String shell(String command) {
    return host.lab().node().shell().run(command);
  }
}
