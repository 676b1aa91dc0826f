package felix.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.feature.Refresh;
import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApplyLoopTest {
  private static final Duration TICK = Duration.ofMillis(100);

  private final List<String> log = new ArrayList<>();
  private final Map<Stage, FakeDriver> drivers = new EnumMap<>(Stage.class);
  private long now;
  private final ApplyLoop loop = loop();

  private ApplyLoop loop() {
    var steps = new ArrayList<Step>();
    for (var stage : List.of(Stage.values()).reversed()) {
      var driver = new FakeDriver(stage.name(), log);
      drivers.put(stage, driver);
      steps.add(new Step(stage, driver, refresh(stage)));
    }
    return new ApplyLoop(steps, () -> now, new Random(1), () -> {});
  }

  private static Refresh refresh(Stage stage) {
    return stage == Stage.FILTER
        ? new Refresh(Duration.ofSeconds(90), Duration.ofSeconds(1))
        : Refresh.every(Duration.ZERO);
  }

  private FakeDriver driver(Stage stage) {
    FakeDriver driver = drivers.get(stage);
    if (driver == null) {
      throw new AssertionError("no driver for " + stage);
    }
    return driver;
  }

  private static List<String> names(Predicate<Stage> which) {
    return Stream.of(Stage.values()).filter(which).map(Stage::name).toList();
  }

  /** Lets time pass as the ring does, and returns how many ticks led to an apply. */
  private int pass(Duration time) {
    int applies = 0;
    for (long end = now + time.toNanos(); now < end; ) {
      now += TICK.toNanos();
      int before = log.size();
      loop.apply(false);
      applies += log.size() > before ? 1 : 0;
    }
    return applies;
  }

  @Test
  void driversRunInTheOrderOfTheirStages() {
    loop.apply(true);
    assertThat(log).containsExactlyElementsOf(names(stage -> true));
    assertThat(loop.isInSync()).isTrue();
  }

  @Test
  void theFirstRunReadsTheKernel() {
    assertThat(drivers.values()).allMatch(driver -> driver.resyncs == 1);
  }

  @Test
  void nothingRunsWithoutAReason() {
    loop.apply(true);
    assertThat(pass(Duration.ofSeconds(80))).isZero();
  }

  @Test
  void aFailureStopsNoOtherStep() {
    driver(Stage.ROUTES).failFor(TICK);
    loop.apply(true);
    assertThat(log).hasSize(Stage.values().length);
    assertThat(loop.isInSync()).isFalse();
  }

  @Test
  void tablesWaitForTheSetsTheyName() {
    driver(Stage.IP_SETS_FILLED).failFor(TICK);
    loop.apply(true);
    assertThat(log)
        .containsExactlyElementsOf(names(stage -> !stage.namesIpSets() && !stage.followsPolicy()));

    driver(Stage.IP_SETS_FILLED).answer(ApplyOutcome.IN_SYNC);
    pass(TICK);
    assertThat(log).containsSubsequence("RAW", "MANGLE", "NAT", "FILTER");
    assertThat(loop.isInSync()).isTrue();
  }

  @Test
  void whatGoesByPolicyWaitsUntilTheFilterTableHoldsIt() {
    driver(Stage.FILTER).failFor(TICK);
    loop.apply(true);
    assertThat(log).containsExactlyElementsOf(names(stage -> !stage.followsPolicy()));

    driver(Stage.FILTER).answer(ApplyOutcome.IN_SYNC);
    pass(TICK);
    assertThat(log).containsSubsequence("FILTER", "DENIED_CONNECTIONS");
    assertThat(loop.isInSync()).isTrue();
  }

  @Test
  void tablesDoNotWaitForASetThatIsPutAside() {
    driver(Stage.IP_SETS_FILLED)
        .answer(
            new ApplyOutcome.Partly(Duration.ofSeconds(10), new KernelException("set", "full")));
    loop.apply(true);
    assertThat(log).contains("FILTER");
    assertThat(loop.isInSync()).isFalse();
    loop.apply(true);
    assertThat(driver(Stage.IP_SETS_FILLED).applies).as("changes need not wait").isEqualTo(2);
  }

  @Test
  void aDriverThatFailedRestsAsLongAsItSaid() {
    driver(Stage.NAT).failFor(Duration.ofSeconds(1));
    loop.apply(true);
    loop.apply(true);
    assertThat(driver(Stage.NAT).applies).isEqualTo(1);
    assertThat(driver(Stage.FILTER).applies).isEqualTo(2);
    pass(Duration.ofSeconds(1));
    assertThat(driver(Stage.NAT).applies).isEqualTo(2);
  }

  @Test
  void aDriverThatWaitsForADeviceIsNotRetried() {
    driver(Stage.ROUTES).answer(new ApplyOutcome.NotReady("no cali1"));
    loop.apply(true);
    assertThat(loop.isInSync()).isTrue();
    assertThat(pass(Duration.ofSeconds(10))).isZero();
  }

  @Test
  void aFilterTableThatFailsTenTimesIsAFault() {
    driver(Stage.FILTER).failFor(TICK);
    loop.apply(true);
    assertThatThrownBy(() -> pass(Duration.ofSeconds(5)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("refused");
    assertThat(driver(Stage.FILTER).applies).isEqualTo(10);
  }

  @Test
  void anotherTableMayFailAsLongAsItLikes() {
    driver(Stage.NAT).failFor(TICK);
    loop.apply(true);
    pass(Duration.ofSeconds(5));
    assertThat(driver(Stage.NAT).applies).isGreaterThan(10);
  }

  @Test
  void manyChangesAreAppliedTenTimesASecond() {
    for (int i = 0; i < 200; i++) {
      now += Duration.ofMillis(10).toNanos();
      loop.apply(true);
    }
    assertThat(driver(Stage.FILTER).applies).isBetween(29, 31);
    pass(TICK);
    assertThat(loop.isInSync()).as("the last change is not forgotten").isTrue();
  }

  @Test
  void theKernelIsReadAgainAfterTheInterval() {
    loop.apply(true);
    pass(Duration.ofSeconds(100));
    assertThat(driver(Stage.FILTER).resyncs).isEqualTo(2);
    assertThat(driver(Stage.NAT).resyncs).as("zero is never").isEqualTo(1);
  }

  @Test
  void aWriteIsCheckedAfterOneTwoFourSecondsAndSoOn() {
    driver(Stage.FILTER).write(true);
    loop.apply(true);
    driver(Stage.FILTER).write(false);
    int start = driver(Stage.FILTER).resyncs;
    var seconds = new ArrayList<Integer>();
    for (int second = 1; second <= 80; second++) {
      int before = driver(Stage.FILTER).resyncs;
      pass(Duration.ofSeconds(1));
      if (driver(Stage.FILTER).resyncs > before) {
        seconds.add(second);
      }
    }
    assertThat(seconds).as("first at %d", start).containsExactly(1, 3, 7, 15, 31, 63);
  }

  @Test
  void aDriverInDoubtReadsTheKernelAtOnceAndNoOtherDoes() {
    loop.apply(true);
    driver(Stage.ROUTES).doubt();
    int before = driver(Stage.ROUTES).applies;
    loop.apply(false);
    assertThat(driver(Stage.ROUTES).applies).isEqualTo(before + 1);
    assertThat(driver(Stage.ROUTES).resyncs).isEqualTo(2);
    assertThat(driver(Stage.NEIGHBOURS).resyncs).isEqualTo(1);
  }

  /** Somebody undoes what we do, again and again. */
  @Test
  void endlessDoubtReadsTheKernelTwiceASecond() {
    loop.apply(true);
    for (int tick = 0; tick < 100; tick++) {
      driver(Stage.ROUTES).doubt();
      pass(TICK);
    }
    assertThat(driver(Stage.ROUTES).resyncs).isBetween(20, 26);
    pass(Duration.ofSeconds(1));
    assertThat(driver(Stage.ROUTES).isInDoubt()).as("the last doubt is not forgotten").isFalse();
  }

  @Test
  void afterALossWhoGoesByEventsReadsTheKernel() {
    loop.apply(true);
    loop.onEventsLost();
    loop.apply(false);
    assertThat(drivers.values()).allMatch(driver -> driver.resyncs == 2);
  }

  @Test
  void aDriverInDoubtThatFailedRestsNonetheless() {
    driver(Stage.NAT).failFor(Duration.ofSeconds(1));
    loop.apply(true);
    driver(Stage.NAT).doubt();
    loop.apply(false);
    assertThat(driver(Stage.NAT).applies).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(driver(Stage.NAT).applies).isEqualTo(2);
  }

  @Test
  void whatSomebodyWaitsForDoesNotWaitForTheLimitOfBulk() {
    for (int i = 0; i < 100; i++) {
      loop.apply(true);
    }
    log.clear();
    assertThat(loop.apply(true)).isFalse();
    assertThat(loop.nanosUntilDue()).isEqualTo(TICK.toNanos());

    assertThat(applySoon()).isTrue();
    assertThat(log).containsExactlyElementsOf(names(stage -> true));
  }

  private boolean applySoon() {
    boolean ran = loop.serveSoon();
    if (ran) {
      loop.followUp();
    }
    return ran;
  }

  @Test
  void whatNoPacketWaitsForFollowsWhenItIsAskedFor() {
    loop.serve(true);
    assertThat(log).containsExactlyElementsOf(names(stage -> !stage.mayFollow()));
    assertThat(loop.hasTaken()).isTrue();

    loop.followUp();
    assertThat(log).containsExactlyElementsOf(names(stage -> true));
  }

  /** Nobody could tell that packets go as is desired before that is so. */
  @Test
  void nothingThatServesWorkloadsMayFollow() {
    assertThat(Stage.values()).noneMatch(stage -> stage.mayFollow() && stage.servesWorkloads());
    assertThat(names(Stage::mayFollow))
        .containsExactly("DENIED_CONNECTIONS", "MTU_FILE", "IP_SETS_DESTROYED");
  }

  /** A limit of its own, which what waits for it does not forget. */
  @Test
  void whatSomebodyWaitsForHasALimitToo() {
    int ran = 0;
    for (int i = 0; i < 100; i++) {
      ran += applySoon() ? 1 : 0;
    }
    assertThat(ran).isEqualTo(20);
    assertThat(loop.hasTaken()).isFalse();

    now += loop.nanosUntilDue();
    assertThat(loop.apply(false)).isTrue();
    assertThat(loop.hasTaken()).isTrue();
  }

  /** Otherwise the thread that sleeps until then would be late, or come round for nothing. */
  @Test
  void nothingIsDueBeforeItSaysAndItsTurnComesThen() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    // Ten failures of the filter table in a row would be a fault.
    var stages = Stream.of(Stage.values()).filter(stage -> stage != Stage.FILTER).toList();
    for (int i = 0; i < 2_000; i++) {
      FakeDriver driver = driver(stages.get(random.nextInt(stages.size())));
      switch (random.nextInt(6)) {
        case 0 -> driver.failFor(Duration.ofMillis(random.nextInt(300)));
        case 1 -> driver.doubt();
        case 2 -> driver.write(random.nextBoolean());
        case 3 -> loop.apply(true);
        case 4 -> applySoon();
        default -> drivers.values().forEach(each -> each.answer(ApplyOutcome.IN_SYNC));
      }
      long due = loop.nanosUntilDue();
      if (due > 0) {
        now += Math.min(due - 1, random.nextLong(500_000_000));
        assertThat(loop.apply(false)).as("before it is due; seed %d, step %d", seed, i).isFalse();
      } else if (!loop.apply(false)) {
        assertThat(loop.nanosUntilDue()).as("its turn; seed %d, step %d", seed, i).isPositive();
      }
    }
  }

  @Test
  void whatIsDueRunsWhenItSaysSo() {
    driver(Stage.NAT).failFor(Duration.ofMillis(70));
    loop.apply(true);
    assertThat(loop.nanosUntilDue()).isEqualTo(Duration.ofMillis(70).toNanos());

    driver(Stage.NAT).answer(ApplyOutcome.IN_SYNC);
    now += loop.nanosUntilDue();
    assertThat(loop.apply(false)).isTrue();
    assertThat(loop.nanosUntilDue()).as("the filter table's refresh").isGreaterThan(1_000_000_000);
    driver(Stage.ROUTES).doubt();
    assertThat(loop.nanosUntilDue()).isZero();
  }

  @Test
  void aReadBesideLeadsToAnApplyOnlyOnceItHasEnded() {
    var filter = driver(Stage.FILTER);
    loop.apply(true);
    filter.readsBeside();
    assertThat(pass(Duration.ofSeconds(100))).as("applies for the refresh").isZero();
    assertThat(filter.isReading()).isTrue();
    filter.hasReadAll();
    assertThat(pass(TICK)).isEqualTo(1);
    assertThat(pass(Duration.ofSeconds(10))).isZero();
    assertThat(filter.resyncs).as("the first").isEqualTo(1);
  }

  @Test
  void theEndOfAReadBesideIsNotSleptThrough() {
    var filter = driver(Stage.FILTER);
    loop.apply(true);
    filter.readsBeside();
    pass(Duration.ofSeconds(100));
    assertThat(loop.nanosUntilDue()).as("while it reads").isGreaterThan(TICK.toNanos());
    filter.hasReadAll();
    assertThat(loop.nanosUntilDue()).isZero();
    pass(TICK);
    assertThat(loop.nanosUntilDue()).isGreaterThan(TICK.toNanos());
  }

  @Test
  void aReadThatAWriteSpoiltIsRepeatedSoon() {
    var filter = driver(Stage.FILTER);
    loop.apply(true);
    filter.readsBeside();
    pass(Duration.ofSeconds(100));
    filter.write(true);
    loop.apply(true);
    filter.write(false);
    assertThat(filter.isReading()).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(filter.isReading()).isTrue();
  }
}
