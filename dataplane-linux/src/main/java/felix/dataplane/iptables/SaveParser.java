package felix.dataplane.iptables;

import felix.dataplane.iptables.SavedTable.Hook;
import felix.dataplane.iptables.SavedTable.Hooked;
import felix.dataplane.iptables.SavedTable.Stray;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what iptables-save says of one table. Takes nothing on trust: a dump that is cut off, empty
 * or of another kind is refused, since whatever were written because of it would be wrong. One
 * instance reads one dump.
 */
final class SaveParser {
  private static final int SHOWN_OF_A_BAD_DUMP = 200;
  private static final Optional<String> OLD_NAT_RULE = Optional.empty();

  private final Table table;
  private final Map<String, List<String>> chains = new LinkedHashMap<>();
  private final Map<String, ForeignChain> foreign = new HashMap<>();
  private final List<Stray> strays = new ArrayList<>();
  private Part part = Part.BEFORE_TABLE;

  private enum Part {
    BEFORE_TABLE,
    IN_TABLE,
    COMMITTED
  }

  /** A chain of others while it is read: how many rules, and where which of ours. */
  private static final class ForeignChain {
    private final List<Hook> ours = new ArrayList<>();
    private int rules;
    private int firstOfOurs;
    private int lastOfOurs;

    private void addOurs(Hook hook) {
      if (ours.isEmpty()) {
        firstOfOurs = rules;
      }
      lastOfOurs = rules;
      ours.add(hook);
    }

    private Hooked hooked() {
      boolean together = lastOfOurs - firstOfOurs + 1 == ours.size();
      return new Hooked(ours, together && firstOfOurs == 0, together && lastOfOurs == rules - 1);
    }
  }

  private SaveParser(Table table) {
    this.table = table;
  }

  /**
   * Reads a dump.
   *
   * @throws KernelException if it is not a whole dump of this table
   */
  static SavedTable parse(Table table, String dump) {
    var parser = new SaveParser(table);
    try {
      dump.lines().forEach(parser::line);
      return parser.result();
    } catch (BadDump e) {
      String start = dump.substring(0, Math.min(dump.length(), SHOWN_OF_A_BAD_DUMP)).strip();
      throw new KernelException(
          "read table " + table.kernelName(), e.getMessage() + "; the dump begins: " + start);
    }
  }

  private static final class BadDump extends RuntimeException {
    private static final long serialVersionUID = 1;

    private BadDump(String what) {
      super(what);
    }
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    switch (part) {
      case BEFORE_TABLE -> begin(line);
      case IN_TABLE -> inTable(line);
      case COMMITTED -> throw new BadDump("'" + line + "' after COMMIT");
    }
  }

  private void begin(String line) {
    if (!line.equals("*" + table.kernelName())) {
      throw new BadDump("'" + line + "' where the table should begin");
    }
    part = Part.IN_TABLE;
  }

  private void inTable(String line) {
    switch (line.charAt(0)) {
      case ':' -> declare(line);
      case '-' -> append(line);
      case '[' -> append(line.substring(line.indexOf(' ') + 1));
      default -> {
        if (!line.equals("COMMIT")) {
          throw new BadDump("'" + line + "' is no line of a dump");
        }
        part = Part.COMMITTED;
      }
    }
  }

  /** {@code :name policy [packets:bytes]}. */
  private void declare(String line) {
    String name = line.substring(1, endOfWord(line, 1));
    if (chains.containsKey(name) || foreign.containsKey(name)) {
      throw new BadDump("chain " + name + " twice");
    }
    if (OwnChains.contains(name)) {
      chains.put(name, new ArrayList<>());
    } else {
      foreign.put(name, new ForeignChain());
    }
  }

  /** {@code -A chain spec}. */
  private void append(String line) {
    if (!line.startsWith("-A ")) {
      throw new BadDump("'" + line + "' is no rule");
    }
    int end = endOfWord(line, 3);
    String chain = line.substring(3, end);
    String spec = end == line.length() ? "" : line.substring(end + 1);
    var own = chains.get(chain);
    var others = foreign.get(chain);
    if (own != null) {
      own.add(RuleLine.hash(spec));
    } else if (others != null) {
      appendToForeign(others, chain, spec);
    } else {
      throw new BadDump("a rule of chain " + chain + ", which is not there");
    }
  }

  private void appendToForeign(ForeignChain chain, String name, String spec) {
    String hash = RuleLine.hash(spec);
    if (!hash.isEmpty()) {
      chain.addOurs(new Hook(hash, spec));
    } else if (isOldNatRule(name, spec)) {
      strays.add(new Stray(name, spec, OLD_NAT_RULE));
    } else if (spec.contains("cali") || spec.contains("felix-")) {
      var target = RuleLine.target(spec).filter(OwnChains::contains);
      target.ifPresent(ours -> strays.add(new Stray(name, spec, Optional.of(ours))));
    }
    chain.rules++;
  }

  /** The Felix before 2.0 wrote two rules into nat's POSTROUTING itself. */
  private boolean isOldNatRule(String chain, String spec) {
    return table == Table.NAT
        && chain.equals("POSTROUTING")
        && (spec.contains(" felix-masq-ipam-pools ")
            || spec.equals(
                "-o tunl0 -m addrtype ! --src-type LOCAL --limit-iface-out"
                    + " -m addrtype --src-type LOCAL -j MASQUERADE"));
  }

  private SavedTable result() {
    if (part != Part.COMMITTED) {
      throw new BadDump("no COMMIT");
    }
    for (String chain : KernelChains.of(table)) {
      if (!foreign.containsKey(chain)) {
        throw new BadDump("no chain " + chain);
      }
    }
    var hooks = new LinkedHashMap<String, Hooked>();
    foreign.forEach(
        (name, chain) -> {
          if (!chain.ours.isEmpty()) {
            hooks.put(name, chain.hooked());
          }
        });
    return new SavedTable(chains, hooks, strays);
  }

  private static int endOfWord(String line, int from) {
    int blank = line.indexOf(' ', from);
    return blank < 0 ? line.length() : blank;
  }
}
