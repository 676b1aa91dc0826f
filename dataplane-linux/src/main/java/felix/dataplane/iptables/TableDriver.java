package felix.dataplane.iptables;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.iptables.SparingRead.Look;
import felix.dataplane.netlink.RuleFingerprints;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.reconcile.KernelRead;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Brings one table of one family to the chains and hooks that are desired of it. Dataplane thread.
 *
 * <p>After a restart, with whatever datastore, ours are: the chains whose names begin as Felix's
 * always did ({@link OwnChains}), with all in them; in the chains of others, the rules whose first
 * comment is {@code cali:} and a hash of 16 characters, and those that lead to a chain of ours
 * which nobody wants. All else is never touched, and never addressed by number.
 *
 * <p>Whether a chain is as desired is told by its hashes alone: a hash stands for a rule and all
 * before it. The first apply, and that after {@link #queueResync} or a failure, waits for the table
 * to be read. Between, what is remembered is right unless another program writes to our chains, and
 * a write that goes wrong because of it fails as a whole; to find out, {@link #refresh} has the
 * table read beside if the kernel's fingerprint of it has changed, and no write waits for that.
 */
public final class TableDriver implements Driver {
  /** Felix's ten tries take as long as it takes to get to the longest delay. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(1));

  private final String name;
  private final Table table;
  private final IptablesBackend backend;
  private final TableState state;
  private final TableCommands commands;
  private final SparingRead sparing;
  private final KernelRead<Look> read;
  private final FailureLog failures;
  private boolean resyncQueued = true;
  private long writes;

  /**
   * How a driver reads beside the thread that it lives on.
   *
   * @param executor where
   * @param nanoTime as {@link System#nanoTime}
   * @param fingerprints tell whether there is anything to read
   */
  public record Beside(Executor executor, LongSupplier nanoTime, RuleFingerprints fingerprints) {
    /** Not beside at all, but on the spot, and always. */
    public static final Beside NOBODY =
        new Beside(Runnable::run, System::nanoTime, RuleFingerprints.NONE);
  }

  /** A driver that has not looked at the kernel yet. */
  public TableDriver(
      Table table,
      ChainInsertMode insertMode,
      IptablesTools tools,
      CommandRunner runner,
      Beside beside) {
    this(table, insertMode, new TableCommands(runner, tools, table), beside, RuleText::render);
  }

  /**
   * A driver that reads on the spot.
   *
   * @param render gives a chain's rules their text and hashes; pure
   */
  TableDriver(
      Table table,
      ChainInsertMode insertMode,
      IptablesTools tools,
      CommandRunner runner,
      Function<Chain, List<RenderedRule>> render) {
    this(table, insertMode, new TableCommands(runner, tools, table), Beside.NOBODY, render);
  }

  private TableDriver(
      Table table,
      ChainInsertMode insertMode,
      TableCommands commands,
      Beside beside,
      Function<Chain, List<RenderedRule>> render) {
    IptablesTools tools = commands.tools();
    this.name = "iptables " + table.kernelName() + " v" + tools.ipVersion().number();
    this.table = table;
    this.backend = tools.backend();
    this.state = new TableState(insertMode, render);
    this.commands = commands;
    this.sparing = SparingRead.of(commands, beside.fingerprints());
    this.read = new KernelRead<>(sparing, beside.executor(), beside.nanoTime());
    this.failures = new FailureLog(name);
  }

  /** The chains of ours that the table should have, by name. */
  public Desired<String, Chain> chains() {
    return state.desiredChains();
  }

  /** The rules that should lead to ours, by the kernel's chain in which they stand. */
  public Desired<String, List<Rule>> hooks() {
    return state.desiredHooks();
  }

  /** For metrics. */
  public TableStatus status() {
    return commands.status();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void queueResync() {
    forgetRead();
    resyncQueued = true;
  }

  @Override
  public boolean refresh() {
    read.begin();
    return read.hasEnded();
  }

  @Override
  public boolean hasRead() {
    return read.hasEnded();
  }

  @Override
  public boolean isReading() {
    return read.isUnderWay();
  }

  @Override
  public void readAhead() {
    read.begin();
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public List<String> unwanted() {
    look();
    String where = commands.family() + " " + table.kernelName();
    return state.plan().removedObjects().stream().map(object -> where + " " + object).toList();
  }

  @Override
  public ApplyOutcome apply() {
    String batch = "";
    try {
      look();
      var plan = state.plan();
      state.describe(commands.status());
      if (!plan.isEmpty()) {
        batch = RestoreBatch.of(table, backend, plan);
        writes++;
        forgetRead();
        commands.write(batch);
        state.applied(plan);
      }
      failures.succeeded();
      return ApplyOutcome.IN_SYNC;
    } catch (KernelException e) {
      queueResync();
      return new ApplyOutcome.Retry(BACKOFF.delay(failures.failed(e, batch)), e);
    }
  }

  /** At what was read; waits for it only where what is remembered cannot be trusted. */
  private void look() {
    if (resyncQueued) {
      take(read.take());
      resyncQueued = false;
    } else {
      read.poll().ifPresent(this::take);
    }
  }

  private void take(Look look) {
    switch (look) {
      case Look.Whole(var saved, _) -> state.replaceActual(saved);
      case Look.Unchanged() -> {}
    }
    sparing.took(look);
  }

  private void forgetRead() {
    read.forget();
    sparing.forget();
  }
}
