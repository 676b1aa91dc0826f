package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetRefusal;
import felix.dataplane.netlink.IpSetRequest;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.ListedIpSet;
import felix.dataplane.reconcile.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The kernel's IP sets; what is asked of it is counted, and long work is done in pieces. */
final class CountedIpSets {
  /** At 50 members each some milliseconds of work. */
  private static final int PIECE = 500;

  private final IpSets sets;
  private final IpSetStatus status;
  private final Runnable progress;
  private final ReadBeside beside;

  /**
   * The kernel's sets.
   *
   * @param progress called after each piece of work, so that others see that it goes on
   * @param beside told of each write
   */
  CountedIpSets(IpSets sets, IpSetStatus status, Runnable progress, ReadBeside beside) {
    this.sets = sets;
    this.status = status;
    this.progress = progress;
    this.beside = beside;
  }

  /**
   * Has changes carried out, in their order. One that is refused does not stop the others.
   *
   * @return what was refused
   * @throws KernelException if nothing is known of some
   */
  List<IpSetRefusal> run(List<? extends IpSetRequest> requests) {
    beside.forget();
    var refusals = new ArrayList<IpSetRefusal>();
    for (int from = 0; from < requests.size(); from += PIECE) {
      List<IpSetRequest> piece =
          List.copyOf(requests.subList(from, Math.min(requests.size(), from + PIECE)));
      status.asked(piece);
      List<IpSetRefusal> refused = counted(() -> sets.run(piece));
      if (!refused.isEmpty()) {
        status.failed();
      }
      refusals.addAll(refused);
    }
    return refusals;
  }

  /**
   * All sets, shown to a reader.
   *
   * @throws KernelException if they cannot be read, or not in full
   */
  KernelReading read(Supplier<KernelReading> readings) {
    beside.isNotNeeded();
    status.asked(List.of());
    KernelReading reading = counted(() -> sets.list(readings));
    status.saw(reading.seen());
    return reading;
  }

  /**
   * What was read beside, if that has ended; once.
   *
   * @throws KernelException if it could not be read
   */
  Optional<KernelReading> poll() {
    if (!beside.hasEnded()) {
      return Optional.empty();
    }
    status.asked(List.of());
    Optional<KernelReading> reading = counted(beside::poll);
    reading.ifPresent(all -> status.saw(all.seen()));
    return reading;
  }

  /** All sets without their members. */
  List<ListedIpSet> headers() {
    status.asked(List.of());
    return counted(sets::headers);
  }

  private <T> T counted(Supplier<T> call) {
    try {
      return call.get();
    } catch (KernelException e) {
      status.failed();
      throw e;
    } finally {
      progress.run();
    }
  }
}
