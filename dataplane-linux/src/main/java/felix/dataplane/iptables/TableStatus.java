package felix.dataplane.iptables;

import felix.count.Count;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;

/** What others ask about one table of one family. Any thread. */
public final class TableStatus {
  private final IpVersion version;
  private final Table table;
  private final Count saves = new Count();
  private final Count saveErrors = new Count();
  private final Count restores = new Count();
  private final Count restoreErrors = new Count();
  private final Count lines = new Count();
  private volatile int chains;
  private volatile int rules;

  TableStatus(IpVersion version, Table table) {
    this.version = version;
    this.table = table;
  }

  public IpVersion version() {
    return version;
  }

  public Table table() {
    return table;
  }

  /** How often the table was read. */
  public long saves() {
    return saves.get();
  }

  public long saveErrors() {
    return saveErrors.get();
  }

  /** How often the table was written. */
  public long restores() {
    return restores.get();
  }

  public long restoreErrors() {
    return restoreErrors.get();
  }

  /** Of input that was written to the table. */
  public long lines() {
    return lines.get();
  }

  /** Of ours that are wanted. */
  public int chains() {
    return chains;
  }

  /** Of ours that are wanted, those in chains of others too. */
  public int rules() {
    return rules;
  }

  void saving() {
    saves.increment();
  }

  void saveFailed() {
    saveErrors.increment();
  }

  void restoring(String batch) {
    restores.increment();
    lines.add(batch.chars().filter(c -> c == '\n').count());
  }

  void restoreFailed() {
    restoreErrors.increment();
  }

  void wants(int chainCount, int ruleCount) {
    chains = chainCount;
    rules = ruleCount;
  }
}
