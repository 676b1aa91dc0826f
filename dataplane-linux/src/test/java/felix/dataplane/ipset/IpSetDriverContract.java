package felix.dataplane.ipset;

import static felix.dataplane.ipset.Members.port;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.CountingIpSets;
import felix.dataplane.netlink.IpSetLabTest;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver does to a kernel, and to its stand-in. */
abstract class IpSetDriverContract extends IpSetLabTest {
  private static final IpSetId NETS = new IpSetId("s:a");
  private static final IpSetId PORTS = new IpSetId("n:b");

  private static final long SEED = Long.getLong("test.seed", 20_261_121L);

  private CountingIpSets counted;
  private long now;

  @BeforeEach
  void count() {
    counted = new CountingIpSets(sets);
  }

  @Test
  void membersAreInTheKernelAsTheyAreDesired() {
    for (var version : IpVersion.values()) {
      var driver = newDriver(version);
      fill(driver);
      apply(driver);
    }
    assertThat(lab.members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
    assertThat(lab.members("cali40n:b")).containsExactly("10.0.0.1,sctp:1", "10.0.0.1,tcp:65535");
    assertThat(lab.members("cali60s:a")).containsExactly("::/1", "fd00::/64", "fd00::1:0:0:1");
    assertThat(lab.members("cali60n:b")).containsExactly("fd00::1,udp:53");
  }

  @Test
  void aDriverThatFindsItsOwnWorkWritesNothing() {
    for (var version : IpVersion.values()) {
      var first = newDriver(version);
      fill(first);
      apply(first);
      var second = newDriver(version);
      fill(second);
      apply(second);
      assertThat(writes(second)).isZero();
    }
  }

  @Test
  void whatOthersDidIsMendedWithTheLeastThatIsNeeded() {
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    apply(driver);
    lab.restore(
        "del cali40s:a 10.0.0.1",
        "add cali40s:a 9.9.9.9",
        "del cali40n:b 10.0.0.1,sctp:1",
        "add cali40n:b 10.0.0.1,sctp:2",
        "create cali40s:foreign hash:net");
    long lines = driver.status().lines();
    driver.additions().queueResync();
    apply(driver);
    assertThat(lab.members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
    assertThat(lab.members("cali40n:b")).containsExactly("10.0.0.1,sctp:1", "10.0.0.1,tcp:65535");
    assertThat(lab.names()).containsExactly("cali40n:b", "cali40s:a");
    assertThat(driver.status().lines() - lines).isEqualTo(5);
  }

  @Test
  void aRefreshOfWhatNobodyChangedDecodesNothing() {
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    apply(driver);
    refresh(driver);
    long before = counted.shown();
    lab.restore("create another hash:net", "add another 9.9.9.9");
    lab.reference("cali40s:a");
    refresh(driver);
    assertThat(counted.shown()).isEqualTo(before);
    lab.restore("add cali40n:b 10.0.0.9,tcp:9");
    refresh(driver);
    assertThat(counted.shown() - before).as("of that set alone").isEqualTo(3);
    assertThat(writes(driver)).isEqualTo(2);
  }

  /** The other set, which nobody touches, must be there all the time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "add cali40s:a 9.9.9.9",
        "del cali40s:a 10.0.0.1",
        "del cali40s:a 10.0.0.1; add cali40s:a 10.0.0.2",
        "del cali40s:a 10.0.0.1; add cali40s:a 10.0.0.1/31",
        "del cali40n:b 10.0.0.1,sctp:1; add cali40n:b 10.0.0.1,sctp:2",
        "flush cali40s:a",
        "destroy cali40s:a",
        "destroy cali40s:a; create cali40s:a hash:net maxelem 1000",
        "destroy cali40s:a; create cali40s:a hash:net maxelem 1000; add cali40s:a 10.0.0.1",
        "destroy cali40s:a; create cali40s:a hash:net maxelem 1000 hashsize 2048",
        "destroy cali40s:a; create cali40s:a hash:ip maxelem 1000",
        "destroy cali40s:a; create cali40s:a hash:net maxelem 1000 timeout 1000",
        "create x hash:net maxelem 7; swap x cali40s:a; destroy x",
        "create x hash:net maxelem 1000; add x 10.0.0.1; swap x cali40s:a; destroy x",
        "create cali40s:new hash:net; add cali40s:new 9.9.9.9",
      })
  void whatOthersDoIsMendedAtTheNextRefresh(String lines) {
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    apply(driver);
    for (int calm = 0; calm < 3; calm++) {
      lab.restore(lines.split("; ", -1));
      refresh(driver);
      assertThat(lab.members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
      assertThat(lab.members("cali40n:b")).containsExactly("10.0.0.1,sctp:1", "10.0.0.1,tcp:65535");
      assertThat(lab.names()).containsExactly("cali40n:b", "cali40s:a");
      for (int i = 0; i < calm; i++) {
        refresh(driver);
      }
    }
  }

  /** By ones and twos, between changes of our own: what digests are taken of differs each time. */
  @Test
  void anyEditOfMembersIsFoundAtTheNextRefresh() {
    var random = new Random(SEED);
    var driver = newDriver(IpVersion.V4);
    driver.desired().set(NETS, IpSetType.NET);
    var wanted = new TreeSet<String>();
    for (int step = 0; step < 150; step++) {
      String text = "11.0.0." + random.nextInt(40);
      if (wanted.remove(text)) {
        driver.desired().removeMember(NETS, net(text));
      } else {
        wanted.add(text);
        driver.desired().addMember(NETS, net(text));
      }
      if (random.nextBoolean()) {
        apply(driver);
        edit(random);
      }
      refresh(driver);
      assertThat(lab.members("cali40s:a")).as("step %d, seed %d", step, SEED).isEqualTo(wanted);
    }
  }

  private void edit(Random random) {
    for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
      String member = "11.0.0." + random.nextInt(40);
      String known = requireNonNull(lab.members("cali40s:a")).contains(member) ? "del" : "add";
      lab.restore(known + " cali40s:a " + member);
    }
  }

  @Test
  void aSetOfAnotherTypeThatRulesNameIsEmptiedUntilItCanBeMadeAnew() {
    lab.restore("create cali40s:a hash:ip maxelem 1000", "add cali40s:a 9.9.9.9");
    lab.reference("cali40s:a");
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    assertThat(driver.additions().apply())
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> assertThat(retry.cause()).hasMessageContaining("destroy cali40s:a: the set"));
    assertThat(lab.members("cali40s:a")).isEmpty();
    assertThat(lab.members("cali40n:b")).hasSize(2);

    lab.dereference("cali40s:a");
    now += Duration.ofSeconds(10).toNanos();
    apply(driver);
    assertThat(lab.members("cali40s:a")).hasSize(3);
  }

  @Test
  void aSetOfAnotherSizeIsSwappedWhileRulesNameIt() {
    lab.restore("create cali40s:a hash:net maxelem 7", "add cali40s:a 9.9.9.9");
    lab.reference("cali40s:a");
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    apply(driver);
    assertThat(lab.members("cali40s:a")).hasSize(3).doesNotContain("9.9.9.9");
    assertThat(lab.names()).containsExactly("cali40n:b", "cali40s:a");
  }

  @Test
  void aSetWithAnotherOptionIsSwapped() {
    lab.restore("create cali40s:a hash:net maxelem 1000 timeout 1000", "add cali40s:a 10.0.0.1");
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    apply(driver);
    assertThat(lab.members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
  }

  @Test
  void anUnwantedSetInUseGoesWhenItIsFree() {
    lab.restore("create cali40s:x hash:net", "create cali40s:y hash:net");
    var driver = newDriver(IpVersion.V4);
    driver.additions().apply();
    lab.reference("cali40s:x");
    assertThat(driver.deletions().apply()).isInstanceOf(Partly.class);
    assertThat(lab.names()).containsExactly("cali40s:x");
    lab.dereference("cali40s:x");
    apply(driver);
    assertThat(lab.names()).as("without a read of all").isEmpty();
  }

  @Test
  void aFullSetIsPutAsideUntilThereIsRoom() {
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    IntStream.rangeClosed(0, 1_000).forEach(i -> driver.desired().addMember(NETS, net(i)));
    for (int i = 0; i < 3; i++) {
      now += Duration.ofSeconds(1).toNanos();
      driver.additions().apply();
    }
    now += Duration.ofSeconds(1).toNanos();
    assertThat(driver.additions().apply())
        .isInstanceOfSatisfying(
            Partly.class,
            partly -> assertThat(partly.cause()).hasMessageMatching("ipset add .*: the set is .*"));
    assertThat(lab.members("cali40s:a")).hasSize(1_000);
    assertThat(lab.members("cali40n:b")).hasSize(2);

    IntStream.rangeClosed(0, 3).forEach(i -> driver.desired().removeMember(NETS, net(i)));
    now += Duration.ofSeconds(10).toNanos();
    apply(driver);
    assertThat(lab.members("cali40s:a")).hasSize(1_000);
  }

  /** They wish for different things; whoever came last has its way, and neither fails. */
  @Test
  void twoAgentsOverwriteEachOther() {
    var one = newDriver(IpVersion.V4);
    fill(one);
    apply(one);
    var other = newDriver(IpVersion.V4);
    other.desired().set(NETS, IpSetType.NET);
    other.desired().addMember(NETS, net("10.0.0.2"));
    apply(other);
    assertThat(lab.members("cali40s:a")).containsExactly("10.0.0.2");
    assertThat(lab.names()).containsExactly("cali40s:a");

    one.desired().addMember(PORTS, port("10.0.0.9", "tcp", 9));
    assertThat(one.additions().apply()).as("its set is gone").isInstanceOf(Retry.class);
    now += Duration.ofSeconds(1).toNanos();
    apply(one);
    assertThat(lab.members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
    assertThat(lab.members("cali40n:b")).hasSize(3);
  }

  private static IpSetMember net(int i) {
    return new IpSetMember.Net(new Cidr(new Ip(IpVersion.V4, 0, (11L << 24) + i), 32));
  }

  private static IpSetMember net(String cidr) {
    return Members.net(cidr);
  }

  private IpSetDriver newDriver(IpVersion version) {
    return new IpSetDriver(version, 1_000, counted, () -> {}, () -> now);
  }

  /** As the loop does it when the time has come. */
  private static void refresh(IpSetDriver driver) {
    assertThat(driver.additions().refresh()).as("has read on the spot").isTrue();
    apply(driver);
  }

  private static void apply(IpSetDriver driver) {
    assertThat(driver.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.deletions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  private static long writes(IpSetDriver driver) {
    return driver.additions().writes() + driver.deletions().writes();
  }

  private static void fill(IpSetDriver driver) {
    driver.desired().set(NETS, IpSetType.NET);
    List.of("10.0.0.1", "10.0.0.0/8", "0.0.0.0/1", "fd00:0:0:0:1:0:0:1", "fd00::/64", "::/1")
        .forEach(cidr -> driver.desired().addMember(NETS, net(cidr)));
    driver.desired().set(PORTS, IpSetType.IP_PORT);
    driver.desired().addMember(PORTS, port("10.0.0.1", "tcp", 65535));
    driver.desired().addMember(PORTS, port("10.0.0.1", "sctp", 1));
    driver.desired().addMember(PORTS, port("fd00::1", "udp", 53));
  }
}
