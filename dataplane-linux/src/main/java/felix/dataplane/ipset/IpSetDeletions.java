package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;

/**
 * Destroys sets that nobody wants. Sets that rules of others still name stay, without noise, until
 * the next read of the kernel shows that they are free.
 */
final class IpSetDeletions implements Driver {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final IpSetState state;
  private final IpSetCommands commands;
  private long writes;

  IpSetDeletions(String name, IpSetState state, IpSetCommands commands) {
    this.name = name;
    this.state = state;
    this.commands = commands;
  }

  @Override
  public String name() {
    return name;
  }

  /** Has the additions read; that tells all that is needed here. */
  @Override
  public void queueResync() {
    state.forget();
  }

  @Override
  public long writes() {
    return writes;
  }

  /** Also those that rules still name: these may be about to go. */
  @Override
  public List<String> unwanted() {
    if (!state.isKnown()) {
      state.read(commands.list(state.ours()));
    }
    return state.unwanted().stream().map(set -> "ipset " + set).sorted().toList();
  }

  @Override
  public ApplyOutcome apply() {
    if (!state.isKnown()) {
      return new ApplyOutcome.NotReady("the sets could not be read");
    }
    try {
      if (!destroy().succeeded()) {
        // One set in use is enough; those after it in the list may be free.
        state.readReferences(commands.listTersely(state.ours()));
        CommandResult second = destroy();
        if (!second.succeeded()) {
          throw new KernelException("ipset destroy", second.errors().strip());
        }
      }
    } catch (KernelException e) {
      return new ApplyOutcome.Partly(PAUSE, e);
    }
    return state.inUse().isEmpty()
        ? ApplyOutcome.IN_SYNC
        : new ApplyOutcome.NotReady("still in use: " + state.inUse());
  }

  private CommandResult destroy() {
    List<String> names = state.destroyable();
    if (names.isEmpty()) {
      return new CommandResult(0, "", "");
    }
    writes++;
    CommandResult result = commands.restore(RestoreText.destroying(names));
    if (result.succeeded()) {
      state.destroyed(names);
    }
    return result;
  }
}
