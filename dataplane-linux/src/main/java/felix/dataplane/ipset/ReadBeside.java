package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import felix.dataplane.reconcile.KernelRead;
import felix.model.IpVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of all sets, read beside the thread that owns the driver. Members of sets that are as
 * they were the last time are known by their digest, and not decoded; of the others they are
 * gathered, to be compared with what is desired when the reading is looked at. All methods are the
 * driver's thread's.
 */
final class ReadBeside {
  /**
   * A write that comes while it is read spoils it. Writes in a row must not put it off for ever.
   */
  private static final int MOST_IN_VAIN = 10;

  private final IpVersion version;
  private final IpSetDriver.Beside beside;
  private @Nullable KernelRead<KernelReading> read;
  private int inVain;

  ReadBeside(IpVersion version, IpSetDriver.Beside beside) {
    this.version = version;
    this.beside = beside;
  }

  /**
   * Begins, unless one is under way, or has ended and was not looked at.
   *
   * @param expected what is known of sets now, by the kernel's names; a map that does not change
   */
  void begin(Supplier<Map<String, ExpectedMembers>> expected) {
    if (isUnderWay() || hasEnded()) {
      return;
    }
    Map<String, ExpectedMembers> known = expected.get();
    read =
        new KernelRead<>(
            () -> beside.lists().use(sets -> list(sets, known)),
            beside.executor(),
            beside.nanoTime());
    read.begin();
  }

  /** Whether one has begun and not ended. */
  boolean isUnderWay() {
    return read != null && read.isUnderWay();
  }

  /** Whether there is something to look at. */
  boolean hasEnded() {
    return read != null && read.hasEnded();
  }

  /** Whether it was spoilt so often that it had better be read while nobody writes. */
  boolean isHopeless() {
    return inVain >= MOST_IN_VAIN;
  }

  /** Somebody is about to write: what was read up to now is worth nothing. */
  void forget() {
    if (read != null) {
      inVain += isUnderWay() ? 1 : 0;
      read.forget();
      read = null;
    }
  }

  /** All was read anew, on the driver's thread. */
  void isNotNeeded() {
    forget();
    inVain = 0;
  }

  /**
   * What was read, if that has ended; once.
   *
   * @throws felix.dataplane.reconcile.KernelException if it could not be read
   */
  Optional<KernelReading> poll() {
    if (read == null) {
      return Optional.empty();
    }
    Optional<KernelReading> reading = read.poll();
    if (reading.isPresent()) {
      read = null;
      inVain = 0;
    }
    return reading;
  }

  /** Sets that differ are listed once more, and then with their members. */
  private KernelReading list(IpSets sets, Map<String, ExpectedMembers> expected) {
    KernelReading all = listOnce(sets, expected);
    Set<String> changed =
        all.found().entrySet().stream()
            .filter(set -> hasChanged(set.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!changed.isEmpty()) {
      var ofChanged = new HashMap<>(expected);
      ofChanged.keySet().retainAll(changed);
      ofChanged.replaceAll((name, set) -> set.unknown());
      KernelReading again = listOnce(sets, ofChanged);
      for (String name : changed) {
        replace(all, name, again.found().get(name));
      }
    }
    return all;
  }

  private static boolean hasChanged(KernelReading.Found set) {
    return set.members() instanceof GatheredMembers members
        && !members.wantsMembers()
        && !members.areAsExpected();
  }

  private static void replace(KernelReading all, String name, KernelReading.@Nullable Found now) {
    if (now == null) {
      all.found().remove(name);
    } else {
      all.found().put(name, now);
    }
  }

  private KernelReading listOnce(IpSets sets, Map<String, ExpectedMembers> expected) {
    return sets.list(
        () ->
            new KernelReading(
                version,
                listed -> {
                  ExpectedMembers of = expected.get(listed.name());
                  return of == null || !of.header().equals(listed.header())
                      ? null
                      : new GatheredMembers(of, listed.size());
                }));
  }
}
