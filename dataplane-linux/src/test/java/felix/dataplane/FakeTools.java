package felix.dataplane;

import static java.util.Objects.requireNonNull;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.iptables.FakeXtables;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.netlink.FakeIpSets;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fakes of IP sets and of the tables of both families as one host's: a rule may only name a set
 * that is there, and such a set cannot go.
 */
final class FakeTools implements CommandRunner {
  private static final Pattern SET = Pattern.compile("--match-set (\\S+)");

  final FakeIpSets ipset = new FakeIpSets();
  private boolean refusesRestores;
  private final IptablesBackend backend;
  private final Map<IpVersion, FakeXtables> families = new EnumMap<>(IpVersion.class);

  FakeTools(IptablesBackend backend) {
    this.backend = backend;
    for (var version : IpVersion.values()) {
      families.put(version, new FakeXtables(backend));
    }
    ipset.rulesName(this::setsInRules);
  }

  FakeXtables tables(IpVersion version) {
    return requireNonNull(families.get(version));
  }

  /** {@code v4-save}, {@code v4-restore}, and the same with 6. */
  IptablesTools tools(IpVersion version) {
    var like = FakeXtables.tools(version, backend);
    var restore = new ArrayList<>(like.restoreCommand());
    restore.set(0, prefix(version) + "restore");
    return new IptablesTools(version, backend, like.version(), prefix(version) + "save", restore);
  }

  /** Lets every restore of a table fail, or none any more. */
  void refuseRestores(boolean refuses) {
    refusesRestores = refuses;
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    if (refusesRestores && command.getFirst().endsWith("-restore")) {
      return new CommandResult(4, "", "refused\n");
    }
    var missing = sets(input);
    missing.removeAll(ipset.names());
    if (!missing.isEmpty()) {
      return new CommandResult(2, "", "Set " + missing + " doesn't exist.\n");
    }
    for (var version : IpVersion.values()) {
      if (command.getFirst().startsWith(prefix(version))) {
        var fake = new ArrayList<>(command);
        fake.set(0, command.getFirst().replace(prefix(version), "fake-"));
        return tables(version).run(fake, input);
      }
    }
    throw new AssertionError("no such program: " + command);
  }

  private Set<String> setsInRules() {
    var names = new HashSet<String>();
    for (var tables : families.values()) {
      for (var table : Table.values()) {
        names.addAll(sets(tables.dump(table)));
      }
    }
    return names;
  }

  private static Set<String> sets(String text) {
    var names = new HashSet<String>();
    SET.matcher(text).results().forEach(match -> names.add(match.group(1)));
    return names;
  }

  private static String prefix(IpVersion version) {
    return "v" + version.number() + "-";
  }
}
