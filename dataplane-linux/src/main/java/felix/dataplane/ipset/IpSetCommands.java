package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.KernelException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The three ways in which we call {@code ipset}. */
final class IpSetCommands {
  private static final List<String> RESTORE = List.of("ipset", "restore");
  private static final List<String> LIST = List.of("ipset", "list");
  private static final List<String> LIST_TERSE = List.of("ipset", "list", "-terse");

  private final CommandRunner runner;

  IpSetCommands(CommandRunner runner) {
    this.runner = runner;
  }

  /** Runs lines until one fails; of those before it all or some have had their effect. */
  CommandResult restore(String text) {
    return runner.run(RESTORE, text);
  }

  /**
   * All sets of these names with their members.
   *
   * @throws KernelException if they cannot be read, or not in full
   */
  Map<String, ListedSet> list(Predicate<String> names) {
    return IpSetListing.parse(read(LIST), false, names);
  }

  /** Likewise, without members. */
  Map<String, ListedSet> listTersely(Predicate<String> names) {
    return IpSetListing.parse(read(LIST_TERSE), true, names);
  }

  private String read(List<String> command) {
    CommandResult result = runner.run(command, "");
    if (!result.succeeded()) {
      throw new KernelException(String.join(" ", command), result.errors().strip());
    }
    return result.output();
  }
}
