package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import felix.dataplane.reconcile.Driver;
import felix.model.IpVersion;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The IP sets of one family, over netlink. Two drivers over one state, since sets must be there
 * before the rules that name them and cannot go before those are gone. Lives on the dataplane
 * thread.
 *
 * <p>Ours are all sets whose names begin with {@code cali4} or {@code felix-4}, or 6: see {@link
 * Ownership}. An unwanted one goes, whoever left it.
 */
public final class IpSetDriver {
  private final IpSetState state;
  private final IpSetStatus status;
  private final Driver additions;
  private final Driver deletions;

  /**
   * How a driver reads beside the thread that it lives on.
   *
   * @param lists what is listed by
   * @param executor where
   * @param nanoTime as {@link System#nanoTime}
   */
  public record Beside(SpareIpSets lists, Executor executor, LongSupplier nanoTime) {}

  /**
   * A driver that has read nothing yet, and reads on the spot.
   *
   * @param maxSize how many members each set can hold ({@code MaxIpsetSize})
   * @param progress called after each piece of longer work
   * @param nanoTime as {@link System#nanoTime}
   */
  public IpSetDriver(
      IpVersion version, int maxSize, IpSets sets, Runnable progress, LongSupplier nanoTime) {
    this(
        version,
        maxSize,
        sets,
        progress,
        new Beside(new SpareIpSets(() -> sets), Runnable::run, nanoTime));
  }

  /** A driver that has read nothing yet. */
  public IpSetDriver(
      IpVersion version, int maxSize, IpSets sets, Runnable progress, Beside beside) {
    String family = " v" + version.number();
    this.status = new IpSetStatus(version);
    this.state = new IpSetState(version, maxSize, status);
    var read = new ReadBeside(version, beside);
    var kernel = new CountedIpSets(sets, status, progress, read);
    this.additions = new IpSetAdditions("ipsets" + family, state, kernel, read, beside.nanoTime());
    this.deletions = new IpSetDeletions("unwanted ipsets" + family, state, kernel, read);
  }

  /** What the family should have. */
  public DesiredIpSets desired() {
    return state;
  }

  /** For metrics. */
  public IpSetStatus status() {
    return status;
  }

  /** Creates and fills sets; runs before the tables. */
  public Driver additions() {
    return additions;
  }

  /** Destroys sets; runs after the tables. */
  public Driver deletions() {
    return deletions;
  }
}
