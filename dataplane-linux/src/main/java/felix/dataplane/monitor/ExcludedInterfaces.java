package felix.dataplane.monitor;

import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.model.BoundedMatch;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Hears for another one, and keeps from it interfaces of the host that are to be as if they were
 * not there: {@code kube-ipvs0} has the addresses of all services. On the monitor's thread.
 */
public final class ExcludedInterfaces implements KernelListener {
  private final List<Pattern> excluded;
  private final Predicate<String> ours;
  private final KernelListener listener;

  /**
   * Before a listener.
   *
   * @param excluded regular expressions, found anywhere in a name
   * @param ours interfaces that cannot be excluded, by name
   */
  public ExcludedInterfaces(
      List<String> excluded, Predicate<String> ours, KernelListener listener) {
    this.excluded = excluded.stream().map(Pattern::compile).toList();
    this.ours = ours;
    this.listener = listener;
  }

  @Override
  public void onTurn() {
    listener.onTurn();
  }

  @Override
  public void onInterface(InterfaceChange change) {
    if (ours.test(change.name()) || !isExcluded(change.name())) {
      listener.onInterface(change);
    }
  }

  @Override
  public void onEvents(Received received) {
    listener.onEvents(received);
  }

  private boolean isExcluded(String name) {
    return excluded.stream().anyMatch(pattern -> BoundedMatch.isFound(pattern, name));
  }
}
