package felix.dataplane.iptables;

import static java.util.Objects.requireNonNull;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.iptables.FakeTable.Refused;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * iptables-save and iptables-restore of one family over tables in memory. That it behaves as the
 * kernel does is shown by {@link TableDriverContract}, which runs against both.
 */
public final class FakeXtables implements CommandRunner {
  private final IptablesBackend backend;
  private final Map<Table, FakeTable> tables = new EnumMap<>(Table.class);
  private final Deque<CommandResult> restoreAnswers = new ArrayDeque<>();
  private final Deque<CommandResult> saveAnswers = new ArrayDeque<>();

  public FakeXtables(IptablesBackend backend) {
    this.backend = backend;
    Arrays.stream(Table.values()).forEach(table -> tables.put(table, new FakeTable(table)));
  }

  /** Tools that this fake understands. */
  public static IptablesTools tools(IpVersion ipVersion, IptablesBackend backend) {
    return new IptablesTools(
        ipVersion,
        backend,
        new IptablesVersion(1, 8, 9),
        "fake-save",
        List.of("fake-restore", "--noflush", "--verbose"));
  }

  /** The next restores do nothing and end so. */
  public void answerRestore(CommandResult... results) {
    restoreAnswers.addAll(List.of(results));
  }

  /** The next saves say this instead of the truth. */
  public void answerSave(CommandResult... results) {
    saveAnswers.addAll(List.of(results));
  }

  /** The table as iptables-save would print it. */
  public String dump(Table table) {
    return held(table).dump();
  }

  /** Somebody else changes the filter table, with lines as of iptables-restore. */
  void edit(String... lines) {
    String batch = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n";
    CommandResult result = run(tools(IpVersion.V4, backend).restoreCommand(), batch);
    if (!result.succeeded()) {
      throw new AssertionError("the table refuses " + batch + ": " + result);
    }
  }

  /** Whether the filter table's dump has this in it. */
  boolean holds(String text) {
    return dump(Table.FILTER).contains(text);
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    return switch (command.getFirst()) {
      case "fake-save" ->
          saveAnswers.isEmpty() ? save(command.getLast()) : saveAnswers.removeFirst();
      case "fake-restore" ->
          restoreAnswers.isEmpty() ? restore(input) : restoreAnswers.removeFirst();
      default -> throw new IllegalArgumentException("no program " + command);
    };
  }

  private FakeTable held(Table table) {
    return requireNonNull(tables.get(table));
  }

  private CommandResult save(String table) {
    return new CommandResult(0, dump(byName(table)), "");
  }

  private CommandResult restore(String input) {
    var echoed = new StringBuilder();
    var lines = input.lines().toList();
    var transaction = new Transaction(Optional.empty());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      try {
        if (line.startsWith("#")) {
          echoed.append(line).append('\n');
        } else {
          transaction = transaction.after(line);
        }
      } catch (Refused e) {
        return new CommandResult(
            1, echoed.toString(), "fake-restore: line " + (i + 1) + " failed: " + e.getMessage());
      }
    }
    return transaction.isOpen()
        ? new CommandResult(1, echoed.toString(), "fake-restore: COMMIT expected")
        : new CommandResult(0, echoed.toString(), "");
  }

  private static Table byName(String name) {
    return Arrays.stream(Table.values())
        .filter(table -> table.kernelName().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused("no table " + name));
  }

  /** Between a table's name and COMMIT it works on a copy; outside it has none. */
  private final class Transaction {
    private final Optional<Table> table;
    private final FakeTable working;

    private Transaction(Optional<Table> table) {
      this.table = table;
      this.working = table.map(t -> held(t).copy()).orElseGet(() -> new FakeTable(Table.RAW));
    }

    private boolean isOpen() {
      return table.isPresent();
    }

    private Transaction after(String line) {
      if (!isOpen()) {
        return begin(line);
      }
      if (line.equals("COMMIT")) {
        tables.put(table.orElseThrow(), working);
        return new Transaction(Optional.empty());
      }
      if (line.startsWith("--delete-chain ") && backend == IptablesBackend.NFT) {
        refuseReferenced(line.substring("--delete-chain ".length()));
      }
      working.take(line);
      return this;
    }

    private Transaction begin(String line) {
      if (!line.startsWith("*")) {
        throw new Refused("no table before '" + line + "'");
      }
      return new Transaction(Optional.of(byName(line.substring(1))));
    }

    /** As an nft tool before 1.8.3 does. */
    private void refuseReferenced(String chain) {
      if (held(table.orElseThrow()).isReferenced(chain)) {
        throw new Refused("chain " + chain + " was referenced when the transaction began");
      }
    }
  }
}
