package felix.dataplane.iptables;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Table;

/**
 * Reads and writes one table through the tools. Says what failed in the tools' own words. Any
 * thread may read beside the one that writes.
 */
final class TableCommands {
  private final CommandRunner runner;
  private final IptablesTools tools;
  private final Table table;
  private final TableStatus status;

  TableCommands(CommandRunner runner, IptablesTools tools, Table table) {
    this.status = new TableStatus(tools.ipVersion(), table);
    this.runner = runner;
    this.tools = tools;
    this.table = table;
  }

  IptablesTools tools() {
    return tools;
  }

  Table table() {
    return table;
  }

  TableStatus status() {
    return status;
  }

  /** As the program is called: {@code ip6tables-legacy}. */
  String family() {
    String program = tools.saveProgram();
    return program.substring(0, program.length() - "-save".length());
  }

  /**
   * What the kernel holds.
   *
   * @throws KernelException if that cannot be read, or cannot be right
   */
  SavedTable read() {
    status.saving();
    try {
      return save();
    } catch (KernelException e) {
      status.saveFailed();
      throw e;
    }
  }

  /**
   * Has the kernel take a batch.
   *
   * @throws KernelException if it did not, or perhaps not all of it
   */
  void write(String batch) {
    status.restoring(batch);
    try {
      restore(batch);
    } catch (KernelException e) {
      status.restoreFailed();
      throw e;
    }
  }

  private SavedTable save() {
    var result = runner.run(tools.saveCommand(table), "");
    if (!result.succeeded()) {
      throw new KernelException(
          tools.saveProgram() + " -t " + table.kernelName(), words(result, result.errors()));
    }
    return SaveParser.parse(table, result.output());
  }

  private void restore(String batch) {
    var result = runner.run(tools.restoreCommand(), batch);
    String operation = family() + "-restore of " + table.kernelName();
    var failed = FailedLine.in(result.errors());
    if (failed.isPresent()) {
      int line = failed.getAsInt();
      throw new KernelException(
          operation, words(result, result.errors()) + "; line " + line + ": " + line(batch, line));
    }
    if (!result.succeeded()) {
      throw new KernelException(operation, words(result, result.errors()));
    }
    if (!result.output().contains(RestoreBatch.LAST_LINE)) {
      throw new KernelException(operation, words(result, "ended before the end of its input"));
    }
  }

  private static String words(CommandResult result, String words) {
    return "exit " + result.exitCode() + ", " + words.strip();
  }

  private static String line(String batch, int number) {
    return batch.lines().skip(number - 1L).findFirst().orElse("(none)");
  }
}
