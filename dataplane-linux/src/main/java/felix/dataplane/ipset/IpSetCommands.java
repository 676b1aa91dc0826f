package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.KernelException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The three ways in which we call {@code ipset}. */
final class IpSetCommands {
  private static final List<String> RESTORE = List.of("ipset", "restore");
  private static final List<String> LIST = List.of("ipset", "list");
  private static final List<String> LIST_TERSE = List.of("ipset", "list", "-terse");

  private final CommandRunner runner;
  private final IpSetStatus status;

  IpSetCommands(CommandRunner runner, IpSetStatus status) {
    this.status = status;
    this.runner = runner;
  }

  /** Runs lines until one fails; of those before it all or some have had their effect. */
  CommandResult restore(String text) {
    return run(RESTORE, text);
  }

  /**
   * All sets of these names with their members.
   *
   * @throws KernelException if they cannot be read, or not in full
   */
  Map<String, ListedSet> list(Predicate<String> names) {
    return parse(LIST, false, names);
  }

  /** Likewise, without members. */
  Map<String, ListedSet> listTersely(Predicate<String> names) {
    return parse(LIST_TERSE, true, names);
  }

  private Map<String, ListedSet> parse(
      List<String> command, boolean terse, Predicate<String> names) {
    var seen = new HashSet<String>();
    Map<String, ListedSet> sets =
        IpSetListing.parse(
            read(command),
            terse,
            name -> {
              seen.add(name);
              return names.test(name);
            });
    status.saw(seen.size());
    return sets;
  }

  private CommandResult run(List<String> command, String input) {
    CommandResult result = runner.run(command, input);
    status.ran(input, result);
    return result;
  }

  private String read(List<String> command) {
    CommandResult result = run(command, "");
    if (!result.succeeded()) {
      throw new KernelException(String.join(" ", command), result.errors().strip());
    }
    return result.output();
  }
}
