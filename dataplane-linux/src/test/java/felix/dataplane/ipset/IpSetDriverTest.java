package felix.dataplane.ipset;

import static felix.dataplane.ipset.Members.net;
import static felix.dataplane.ipset.Members.port;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.FakeIpSets;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.NotReady;
import felix.dataplane.reconcile.ApplyOutcome.Partly;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IpSetDriverTest {
  private static final IpSetId WEB = new IpSetId("s:web");
  private static final IpSetId DB = new IpSetId("s:db");
  private static final IpSetId HTTP = new IpSetId("n:http");
  private static final int MAX_SIZE = 5_000;

  private final FakeIpSets kernel = new FakeIpSets();
  private long now;
  private IpSetDriver driver = newDriver();

  private IpSetDriver newDriver() {
    return new IpSetDriver(IpVersion.V4, MAX_SIZE, kernel, () -> {}, () -> now);
  }

  private void desireTwoSets() {
    driver.desired().set(WEB, IpSetType.NET);
    driver.desired().addMember(WEB, net("10.0.0.1"));
    driver.desired().addMember(WEB, net("10.1.0.0/16"));
    driver.desired().addMember(WEB, net("fd00::1"));
    driver.desired().set(HTTP, IpSetType.IP_PORT);
    driver.desired().addMember(HTTP, port("10.0.0.1", "tcp", 80));
  }

  private void apply() {
    assertThat(driver.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(driver.deletions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  private ApplyOutcome applyThreeTimes() {
    for (int i = 0; i < 2; i++) {
      driver.additions().apply();
      pass(Duration.ofSeconds(1));
    }
    return driver.additions().apply();
  }

  private long writes() {
    return driver.additions().writes() + driver.deletions().writes();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void newSetsAreMadeTogetherAndThenFilledTogether() {
    desireTwoSets();
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
    assertThat(kernel.members("cali40n:http")).containsExactly("10.0.0.1,tcp:80");
    assertThat(kernel.runs())
        .containsExactly(
            List.of("create cali40s:web hash:net", "create cali40n:http hash:ip,port"),
            List.of(
                "add cali40s:web 10.1.0.0/16",
                "add cali40s:web 10.0.0.1",
                "add cali40n:http 10.0.0.1,tcp:80"));
    assertThat(driver.status().calls()).as("with the list").isEqualTo(3);
    assertThat(driver.status().lines()).isEqualTo(5);
  }

  @Test
  void aChangedMemberIsOneRequestAndNoReadBack() {
    desireTwoSets();
    apply();
    kernel.failLists(1);
    driver.desired().removeMember(WEB, net("10.0.0.1"));
    driver.desired().addMember(WEB, net("10.0.0.2"));
    apply();
    assertThat(kernel.runs().getLast())
        .containsExactly("delete cali40s:web 10.0.0.1", "add cali40s:web 10.0.0.2");
  }

  @Test
  void aMemberThatGoesAndComesBackIsNotWritten() {
    desireTwoSets();
    apply();
    driver.desired().removeMember(WEB, net("10.0.0.1"));
    driver.desired().addMember(WEB, net("10.0.0.1"));
    driver.desired().addMember(WEB, net("fd00::2"));
    apply();
    assertThat(writes()).isEqualTo(1);
  }

  @Test
  void anotherProcessWithEqualDataWritesNothing() {
    desireTwoSets();
    apply();
    driver = newDriver();
    desireTwoSets();
    apply();
    assertThat(writes()).isZero();
  }

  @Test
  void whatOthersChangedIsMended() {
    desireTwoSets();
    apply();
    kernel.restore("del cali40s:web 10.0.0.1", "add cali40s:web 9.9.9.9", "destroy cali40n:http");
    driver.additions().queueResync();
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
    assertThat(kernel.members("cali40n:http")).containsExactly("10.0.0.1,tcp:80");
  }

  /** What was read may be a mixture, so it is not looked at. */
  @Test
  void aWriteSpoilsWhatIsBeingRead() {
    var reads = readBeside();
    desireTwoSets();
    apply();
    kernel.restore("del cali40s:web 10.0.0.1");
    assertThat(driver.additions().refresh()).isFalse();
    assertThat(driver.additions().isReading()).isTrue();
    driver.desired().addMember(HTTP, port("10.0.0.2", "tcp", 80));
    apply();
    assertThat(driver.additions().isReading()).isFalse();
    assertThat(kernel.members("cali40s:web")).hasSize(1);
    driver.additions().refresh();
    reads.forEach(Runnable::run);
    apply();
    assertThat(kernel.members("cali40s:web")).hasSize(2);
  }

  @Test
  void writesInARowDoNotPutOffARefreshForEver() {
    readBeside();
    desireTwoSets();
    apply();
    kernel.restore("add cali40s:web 9.9.9.9");
    int refreshes = 0;
    while (requireNonNull(kernel.members("cali40s:web")).contains("9.9.9.9")) {
      assertThat(++refreshes).as("ends").isLessThan(20);
      driver.additions().refresh();
      driver.desired().addMember(HTTP, port("10.0.0.2", "tcp", refreshes));
      apply();
    }
  }

  /** Nobody waits for that, and the read is not to be had in vain. */
  @Test
  void whatNobodyWantsGoesWhenTheReadHasEnded() {
    var reads = readBeside();
    desireTwoSets();
    apply();
    driver.additions().refresh();
    driver.desired().remove(WEB);
    driver.additions().apply();
    assertThat(driver.deletions().apply()).isInstanceOf(Partly.class);
    assertThat(kernel.names()).hasSize(2);
    reads.forEach(Runnable::run);
    apply();
    assertThat(kernel.names()).containsExactly("cali40n:http");
  }

  /** A driver whose reads are handed over and have to be run. */
  private List<Runnable> readBeside() {
    var reads = new ArrayList<Runnable>();
    var beside = new IpSetDriver.Beside(new SpareIpSets(() -> kernel), reads::add, () -> now);
    driver = new IpSetDriver(IpVersion.V4, MAX_SIZE, kernel, () -> {}, beside);
    return reads;
  }

  @Test
  void aSetOfAnotherSizeIsSwappedEvenWhileRulesNameIt() {
    kernel.restore("create cali40s:web hash:net family inet maxelem 7", "add cali40s:web 9.9.9.9");
    kernel.reference("cali40s:web");
    desireTwoSets();
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
    assertThat(kernel.names()).containsExactly("cali40n:http", "cali40s:web");
    assertThat(kernel.runs().stream().flatMap(List::stream))
        .containsSubsequence(
            "create cali4t0 hash:net",
            "add cali4t0 10.0.0.1",
            "swap cali4t0 and cali40s:web",
            "destroy cali4t0");
  }

  @Test
  void aSetOfAnotherTypeIsMadeAnew() {
    kernel.restore("create cali40s:web hash:ip family inet maxelem 5000");
    desireTwoSets();
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
  }

  @Test
  void aSetOfAnotherTypeThatRulesNameIsEmptiedUntilItCanBeMadeAnew() {
    kernel.restore(
        "create cali40s:web hash:ip family inet maxelem 5000", "add cali40s:web 9.9.9.9");
    kernel.reference("cali40s:web");
    desireTwoSets();
    assertThat(applyThreeTimes()).isInstanceOf(Partly.class);
    assertThat(kernel.members("cali40s:web")).isEmpty();
    assertThat(kernel.members("cali40n:http")).containsExactly("10.0.0.1,tcp:80");

    kernel.dereference("cali40s:web");
    pass(Duration.ofSeconds(10));
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
  }

  @Test
  void aSetThatChangesAltogetherIsSwapped() {
    driver.desired().set(WEB, IpSetType.NET);
    IntStream.range(0, 2_000).forEach(i -> driver.desired().addMember(WEB, net(address(10, i))));
    apply();
    driver
        .desired()
        .replaceMembers(WEB, IntStream.range(0, 2_000).mapToObj(i -> net(address(11, i))).toList());
    apply();
    assertThat(kernel.runs().stream().flatMap(List::stream))
        .contains("swap cali4t0 and cali40s:web")
        .noneMatch(line -> line.startsWith("delete"));
    assertThat(kernel.members("cali40s:web")).hasSize(2_000).allMatch(m -> m.startsWith("11."));
    assertThat(kernel.names()).hasSize(1);
  }

  @Test
  void unwantedSetsOfOursGoAndAllOthersStay() {
    kernel.restore(
        "create cali40s:old hash:net family inet maxelem 7",
        "create cali4t7 hash:ip family inet maxelem 7",
        "create felix-4old hash:ip family inet maxelem 7",
        "create felix-masq-ipam-pools hash:net family inet maxelem 7",
        "create cali60s:v6 hash:net family inet6 maxelem 7",
        "create california hash:net family inet maxelem 7",
        "create docker hash:ip family inet maxelem 7");
    apply();
    assertThat(kernel.names()).containsExactly("cali60s:v6", "california", "docker");
  }

  @Test
  void aSetThatIsNoLongerDesiredGoesAfterTheRules() {
    desireTwoSets();
    apply();
    driver.desired().remove(WEB);
    assertThat(driver.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(kernel.names()).contains("cali40s:web");
    assertThat(driver.deletions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(kernel.names()).containsExactly("cali40n:http");
  }

  @Test
  void anUnwantedSetInUseStaysQuietlyAndTheOthersGo() {
    kernel.restore(
        "create cali40s:a hash:net family inet maxelem 7",
        "create cali40s:b hash:net family inet maxelem 7",
        "create cali40s:c hash:net family inet maxelem 7");
    driver.additions().apply();
    kernel.reference("cali40s:b");
    assertThat(driver.deletions().apply()).isInstanceOf(Partly.class);
    assertThat(kernel.names()).containsExactly("cali40s:b");

    long before = writes();
    int looks = 0;
    while (driver.deletions().apply() instanceof Partly) {
      assertThat(++looks).as("ends").isLessThan(10);
    }
    assertThat(driver.deletions().apply()).isInstanceOf(NotReady.class);
    driver.deletions().apply();
    assertThat(writes()).as("no try before the next read").isEqualTo(before);

    kernel.dereference("cali40s:b");
    driver.additions().queueResync();
    apply();
    assertThat(kernel.names()).isEmpty();
  }

  @Test
  void aSetDesiredAgainBeforeItWasDestroyedGetsItsMembers() {
    desireTwoSets();
    apply();
    kernel.reference("cali40s:web");
    driver.desired().remove(WEB);
    driver.additions().apply();
    driver.deletions().apply();
    driver.desired().set(WEB, IpSetType.NET);
    driver.desired().addMember(WEB, net("10.0.0.9"));
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.9");
  }

  @Test
  void aFullSetIsPutAsideAndTheOthersGoOn() {
    IntStream.range(0, 9).forEach(i -> driver.desired().set(new IpSetId("s:" + i), IpSetType.NET));
    driver.desired().set(DB, IpSetType.NET);
    IntStream.range(0, MAX_SIZE + 1)
        .forEach(i -> driver.desired().addMember(DB, net(address(10, i))));
    desireTwoSets();
    assertThat(driver.additions().apply()).as("may be a bad moment").isInstanceOf(Retry.class);
    assertThat(applyThreeTimes()).isInstanceOf(Partly.class);
    assertThat(kernel.names()).hasSize(12);
    assertThat(kernel.members("cali40s:web")).hasSize(2);
    assertThat(kernel.members("cali40s:db")).hasSize(MAX_SIZE);

    driver.desired().addMember(WEB, net("10.0.0.3"));
    long before = driver.additions().writes();
    assertThat(driver.additions().apply()).isInstanceOf(Partly.class);
    assertThat(kernel.members("cali40s:web")).hasSize(3);
    assertThat(driver.additions().writes()).as("without the full one").isEqualTo(before + 1);

    driver.desired().removeMember(DB, net(address(10, 0)));
    pass(Duration.ofSeconds(10));
    assertThat(driver.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(kernel.members("cali40s:db")).hasSize(MAX_SIZE);
  }

  @Test
  void manyFullSetsHoldUpTheOthersNoLongerThanAFew() {
    driver = new IpSetDriver(IpVersion.V4, 1, kernel, () -> {}, () -> now);
    for (int i = 0; i < 200; i++) {
      var full = new IpSetId("s:" + i);
      driver.desired().set(full, IpSetType.NET);
      driver.desired().addMember(full, net("10.0.0.1"));
      driver.desired().addMember(full, net("10.0.0.2"));
    }
    ApplyOutcome outcome = driver.additions().apply();
    for (int i = 0; i < 60 && outcome instanceof Retry(var after, var cause); i++) {
      pass(after);
      outcome = driver.additions().apply();
    }
    assertThat(outcome).isInstanceOf(Partly.class);
  }

  @Test
  void whatLeavesAFullSetDoesNotWait() {
    driver.desired().set(DB, IpSetType.NET);
    IntStream.range(0, MAX_SIZE + 2)
        .forEach(i -> driver.desired().addMember(DB, net(address(10, i))));
    assertThat(applyThreeTimes()).isInstanceOf(Partly.class);
    String held = requireNonNull(kernel.members("cali40s:db")).iterator().next();
    driver.desired().removeMember(DB, net(held));
    assertThat(driver.additions().apply()).isInstanceOf(Partly.class);
    assertThat(kernel.members("cali40s:db")).doesNotContain(held).hasSize(MAX_SIZE);

    long before = driver.additions().writes();
    assertThat(driver.additions().apply()).isInstanceOf(Partly.class);
    assertThat(driver.additions().writes()).as("what is to come waits").isEqualTo(before);
  }

  @Test
  void rulesWaitForASetThatCannotBeMade() {
    driver.desired().set(WEB, IpSetType.NET);
    kernel.refuse(3);
    assertThat(applyThreeTimes()).isInstanceOf(Retry.class);
    assertThat(driver.status().errors()).isEqualTo(3);
    pass(Duration.ofSeconds(1));
    apply();
    assertThat(kernel.names()).containsExactly("cali40s:web");
  }

  @Test
  void nothingGetsIntoASetThatCouldNotBeMade() {
    kernel.refuse(1);
    desireTwoSets();
    assertThat(driver.additions().apply()).isInstanceOf(Retry.class);
    assertThat(kernel.runs().getLast()).containsExactly("add cali40n:http 10.0.0.1,tcp:80");
    assertThat(kernel.names()).containsExactly("cali40n:http");
  }

  @Test
  void workThatBreaksOffIsFinished() {
    desireTwoSets();
    kernel.breakRuns(1);
    assertThat(driver.additions().apply()).isInstanceOf(Retry.class);
    assertThat(kernel.names()).as("half of it was done").hasSize(1);
    apply();
    assertThat(kernel.members("cali40s:web")).containsExactly("10.0.0.1", "10.1.0.0/16");
    assertThat(kernel.members("cali40n:http")).containsExactly("10.0.0.1,tcp:80");
    driver.additions().queueResync();
    long before = writes();
    apply();
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  void nothingIsWrittenWhileTheKernelCannotBeRead() {
    desireTwoSets();
    kernel.restore("create cali40s:old hash:net family inet maxelem 7");
    kernel.failLists(1);
    assertThat(driver.additions().apply()).isInstanceOf(Retry.class);
    assertThat(driver.deletions().apply()).isInstanceOf(NotReady.class);
    assertThat(kernel.runs()).isEmpty();
    apply();
    assertThat(kernel.names()).containsExactly("cali40n:http", "cali40s:web");
  }

  @Test
  void longWorkReportsProgress() {
    var reports = new int[1];
    driver = new IpSetDriver(IpVersion.V4, 1 << 20, kernel, () -> reports[0]++, () -> now);
    driver.desired().set(WEB, IpSetType.NET);
    IntStream.range(0, 100_000).forEach(i -> driver.desired().addMember(WEB, net(address(10, i))));
    apply();
    assertThat(reports[0]).isGreaterThanOrEqualTo(5);
    assertThat(kernel.members("cali40s:web")).hasSize(100_000);
  }

  @Test
  void aRefusedMemberThatIsGoneMeanwhileHoldsNothingUp() {
    desireTwoSets();
    apply();
    driver.desired().addMember(WEB, net("10.0.0.3"));
    kernel.refuse(1);
    assertThat(driver.additions().apply()).isInstanceOf(Retry.class);
    driver.desired().removeMember(WEB, net("10.0.0.3"));
    apply();
  }

  private static String address(int first, int i) {
    return first + "." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
  }
}
