package felix.dataplane.ipset;

import static felix.dataplane.ipset.Members.net;
import static felix.dataplane.ipset.Members.port;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.FakeIpSets;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The law of the driver: whatever was desired before, whoever wrote between, and however often a
 * restore broke off, in the end the kernel holds what is desired, and one more apply writes
 * nothing.
 */
class IpSetHistoryTest {
  private static final int HISTORIES = 400;

  @Test
  void theKernelEndsWithWhatIsDesired() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      new History(seed).run();
    }
  }

  /** Reads begin and end at any moment, between any two of the above. */
  @Test
  void whatIsReadBesideMendsTheKernelAndSpoilsNothing() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      new History(seed).runWithReadsBeside();
    }
  }

  @Test
  void inCalmTheKernelIsRightAfterEveryApplyThoughItWasReadButOnce() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      new History(seed).runInCalm();
    }
  }

  private static final class History {
    private final long seed;
    private final Random random;
    private final FakeIpSets kernel = new FakeIpSets();
    private final Map<String, Set<String>> desired = new TreeMap<>();

    /** Reads that are handed over and have not begun. */
    private final Deque<Runnable> reads = new ArrayDeque<>();

    private long now;
    private IpSetDriver driver = newDriver();

    History(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private IpSetDriver newDriver() {
      var beside = new IpSetDriver.Beside(new SpareIpSets(() -> kernel), reads::add, () -> now);
      return new IpSetDriver(IpVersion.V4, 8, kernel, () -> {}, beside);
    }

    void run() {
      for (int step = 0; step < 40; step++) {
        switch (random.nextInt(10)) {
          case 0 -> meddle();
          case 1 -> hinder();
          case 2 -> restart();
          case 3 -> kernel.failLists(1);
          case 4, 5 -> apply();
          default -> change();
        }
      }
      settle();
      check();
    }

    void runWithReadsBeside() {
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(12)) {
          case 0 -> meddle();
          case 1 -> meddleWithMembers();
          case 2 -> hinder();
          case 3 -> restart();
          case 4 -> kernel.failLists(1);
          case 5, 6, 7 -> driver.additions().refresh();
          case 8, 9 -> runReads();
          case 10 -> apply();
          default -> change();
        }
      }
      settleBeside();
      check();
      meddle();
      meddleWithMembers();
      refreshBeside();
      check();
    }

    private void runReads() {
      while (!reads.isEmpty()) {
        reads.remove().run();
      }
    }

    private void settleBeside() {
      kernel.breakRuns(0);
      kernel.refuse(0);
      kernel.failLists(0);
      for (int i = 0; i < 3; i++) {
        now += Duration.ofSeconds(20).toNanos();
        apply();
        refreshBeside();
      }
    }

    private void refreshBeside() {
      if (!driver.additions().refresh()) {
        runReads();
        assertThat(driver.additions().hasRead()).as("seed %d", seed).isTrue();
      }
      apply();
    }

    private void meddleWithMembers() {
      for (String name : List.copyOf(kernel.names())) {
        if (random.nextBoolean()) {
          String text = text(name.substring("cali40".length()));
          kernel.attempt((random.nextBoolean() ? "add " : "del ") + name + " " + text);
        }
      }
    }

    void runInCalm() {
      for (int step = 0; step < 40; step++) {
        for (int changes = random.nextInt(6); changes > 0; changes--) {
          change();
        }
        apply();
        compare();
      }
    }

    private void change() {
      String name = List.of("s:a", "s:b", "n:c").get(random.nextInt(3));
      var id = new IpSetId(name);
      if (!desired.containsKey(name)) {
        driver.desired().set(id, type(name));
        desired.put(name, new TreeSet<>());
      } else if (random.nextInt(5) == 0) {
        driver.desired().remove(id);
        desired.remove(name);
      } else {
        Set<String> members = desired.computeIfAbsent(name, n -> new TreeSet<>());
        String text = text(name);
        if (members.remove(text)) {
          driver.desired().removeMember(id, member(text));
        } else {
          driver.desired().addMember(id, member(text));
          members.add(text);
        }
      }
    }

    private static IpSetType type(String name) {
      return name.startsWith("s:") ? IpSetType.NET : IpSetType.IP_PORT;
    }

    /** One of eight, so that a set is never too full. */
    private String text(String name) {
      String address = "10.0.0." + random.nextInt(8);
      return type(name) == IpSetType.NET ? address : address + ",tcp:80";
    }

    private static IpSetMember member(String text) {
      return text.contains(",") ? port(text.substring(0, text.indexOf(',')), "tcp", 80) : net(text);
    }

    private void meddle() {
      var names = List.copyOf(kernel.names());
      if (names.isEmpty() || random.nextInt(4) == 0) {
        kernel.attempt("create cali40s:a hash:net family inet maxelem 99");
        return;
      }
      String name = names.get(random.nextInt(names.size()));
      kernel.restore((random.nextBoolean() ? "flush " : "destroy ") + name);
    }

    private void hinder() {
      if (random.nextBoolean()) {
        kernel.breakRuns(random.nextInt(3));
      } else {
        kernel.refuse(random.nextInt(4));
      }
    }

    private void restart() {
      driver = newDriver();
      desired.forEach(
          (name, members) -> {
            driver.desired().set(new IpSetId(name), type(name));
            members.forEach(m -> driver.desired().addMember(new IpSetId(name), member(m)));
          });
    }

    private void apply() {
      driver.additions().apply();
      driver.deletions().apply();
    }

    private void settle() {
      kernel.breakRuns(0);
      kernel.refuse(0);
      for (int i = 0; i < 3; i++) {
        now += Duration.ofSeconds(20).toNanos();
        driver.additions().queueResync();
        apply();
      }
    }

    private void check() {
      compare();
      writesNothing();
    }

    private void compare() {
      assertThat(kernel.names()).as("seed %d", seed).isEqualTo(prefixed(desired.keySet()));
      desired.forEach(
          (name, members) ->
              assertThat(kernel.members("cali40" + name)).as("seed %d", seed).isEqualTo(members));
    }

    private void writesNothing() {
      long before = driver.additions().writes() + driver.deletions().writes();
      driver.additions().queueResync();
      assertThat(driver.additions().apply()).as("seed %d", seed).isEqualTo(ApplyOutcome.IN_SYNC);
      assertThat(driver.deletions().apply()).as("seed %d", seed).isEqualTo(ApplyOutcome.IN_SYNC);
      assertThat(driver.additions().writes() + driver.deletions().writes())
          .as("writes when equal, seed %d", seed)
          .isEqualTo(before);
    }

    private static Set<String> prefixed(Set<String> names) {
      var prefixed = new TreeSet<String>();
      names.forEach(name -> prefixed.add("cali40" + name));
      return prefixed;
    }
  }
}
