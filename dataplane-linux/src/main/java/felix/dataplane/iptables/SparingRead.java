package felix.dataplane.iptables;

import felix.dataplane.netlink.RuleFingerprints;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads a table, unless the kernel's fingerprint of it is still that of what the driver knows. The
 * driver's thread says what is known; {@link #get} is for any thread, and more than one at a time.
 *
 * <p>Only a fingerprint that was the same before and after a read belongs to it. What is known ends
 * with a write: whether that did what it should, the next read tells. It also ends after so many
 * looks in a row that found it unchanged. That bounds what is beyond any fingerprint: a module of
 * the kernel that was unloaded and counts from one again, and a legacy table that was another one
 * just while it was read and is again what it was before.
 */
final class SparingRead implements Supplier<SparingRead.Look> {
  /** At the usual interval a table is so read in full every quarter of an hour. */
  static final int MOST_SPARED = 9;

  private final Supplier<SavedTable> read;
  private final Supplier<OptionalLong> fingerprint;
  private volatile OptionalLong known = OptionalLong.empty();
  private int spared;

  /** What a look at the table brought. */
  sealed interface Look {
    /**
     * All of the table.
     *
     * @param fingerprint of just that; empty if it may have changed meanwhile, or there is none
     */
    record Whole(SavedTable table, OptionalLong fingerprint) implements Look {}

    /** The table holds what was known of it when the look began. */
    record Unchanged() implements Look {}
  }

  /**
   * A read of a table of which nothing is known.
   *
   * @param read throws a {@link felix.dataplane.reconcile.KernelException} if it cannot
   */
  SparingRead(Supplier<SavedTable> read, Supplier<OptionalLong> fingerprint) {
    this.read = read;
    this.fingerprint = fingerprint;
  }

  /** A read by the tools, with the fingerprint of the part of the kernel that these surely read. */
  static SparingRead of(TableCommands commands, RuleFingerprints fingerprints) {
    IptablesTools tools = commands.tools();
    String table = commands.table().kernelName();
    if (!tools.surelyOfBackend()) {
      return new SparingRead(commands::read, OptionalLong::empty);
    }
    return switch (tools.backend()) {
      case LEGACY ->
          new SparingRead(commands::read, () -> fingerprints.ipTables(tools.ipVersion(), table));
      case NFT -> new SparingRead(commands::read, fingerprints::nfTables);
    };
  }

  @Override
  public Look get() {
    OptionalLong asked = known;
    OptionalLong before = fingerprint.get();
    if (before.isPresent() && before.equals(asked)) {
      return new Look.Unchanged();
    }
    SavedTable table = read.get();
    boolean stood = before.isPresent() && fingerprint.get().equals(before);
    return new Look.Whole(table, stood ? before : OptionalLong.empty());
  }

  /** The driver has taken over what a look brought. */
  void took(Look look) {
    switch (look) {
      case Look.Whole(_, var ofTable) -> {
        known = ofTable;
        spared = 0;
      }
      case Look.Unchanged() -> {
        spared++;
        if (spared == MOST_SPARED) {
          forget();
        }
      }
    }
  }

  /** The driver writes, or does not trust what it knows. */
  void forget() {
    known = OptionalLong.empty();
  }
}
