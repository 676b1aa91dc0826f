package felix.dataplane.iptables;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.Table;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Brings one table of one family to the chains and hooks that are desired of it. Dataplane thread.
 *
 * <p>After a restart, with whatever datastore, ours are: the chains whose names begin as Felix's
 * always did ({@link OwnChains}), with all in them; in the chains of others, the rules whose first
 * comment is {@code cali:} and a hash of 16 characters, and those that lead to a chain of ours
 * which nobody wants. All else is never touched, and never addressed by number.
 *
 * <p>Whether a chain is as desired is told by its hashes alone: a hash stands for a rule and all
 * before it. The table is read at the first apply, after {@link #queueResync} and after a failure;
 * between, what is remembered is right unless another program writes to our chains, and a write
 * that goes wrong because of it fails as a whole.
 */
public final class TableDriver implements Driver {
  /** Felix's ten tries take as long as it takes to get to the longest delay. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(1));

  private final String name;
  private final Table table;
  private final IptablesBackend backend;
  private final TableState state;
  private final TableCommands commands;
  private final FailureLog failures;
  private final TableStatus status;
  private boolean resyncQueued = true;
  private long writes;

  /**
   * A driver that has not looked at the kernel yet.
   *
   * @param render gives a chain's rules their text and hashes; pure
   */
  public TableDriver(
      Table table,
      ChainInsertMode insertMode,
      IptablesTools tools,
      CommandRunner runner,
      Function<Chain, List<RenderedRule>> render) {
    this.name = "iptables " + table.kernelName() + " v" + tools.ipVersion().number();
    this.table = table;
    this.backend = tools.backend();
    this.state = new TableState(insertMode, render);
    this.status = new TableStatus(tools.ipVersion(), table);
    this.commands = new TableCommands(runner, tools, table, status);
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
    return status;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void queueResync() {
    resyncQueued = true;
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public List<String> unwanted() {
    readIfQueued();
    String where = commands.family() + " " + table.kernelName();
    return state.plan().removedObjects().stream().map(object -> where + " " + object).toList();
  }

  @Override
  public ApplyOutcome apply() {
    String batch = "";
    try {
      readIfQueued();
      var plan = state.plan();
      state.describe(status);
      if (!plan.isEmpty()) {
        batch = RestoreBatch.of(table, backend, plan);
        writes++;
        commands.write(batch);
        state.applied(plan);
      }
      failures.succeeded();
      return ApplyOutcome.IN_SYNC;
    } catch (KernelException e) {
      resyncQueued = true;
      return new ApplyOutcome.Retry(BACKOFF.delay(failures.failed(e, batch)), e);
    }
  }

  private void readIfQueued() {
    if (resyncQueued) {
      state.replaceActual(commands.read());
      resyncQueued = false;
    }
  }
}
