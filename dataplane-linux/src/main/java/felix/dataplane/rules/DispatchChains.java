package felix.dataplane.rules;

import felix.delta.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The chains that find an interface's endpoint chain: a tree by the first characters in which names
 * differ, so that a packet passes few rules on a host with many endpoints. It has two levels, as in
 * v3.14, and more where a chain would have many rules.
 */
public final class DispatchChains {
  /**
   * Names that end in hexadecimal digits fall apart into 16 groups. A chain with fewer names than
   * this is no shorter way for being split, but a table is larger by some chains.
   */
  private static final int MOST_IN_A_LEAF = 24;

  private DispatchChains() {}

  /**
   * The chains for traffic from and to workloads. The two roots are always among them; packets of
   * an interface that is not known are denied.
   *
   * @param interfaces the names of the interfaces that have an endpoint
   * @param deny what becomes of them
   * @throws IllegalArgumentException if one is no name of an interface
   */
  public static List<Chain> workloads(Collection<String> interfaces, DenyAction deny) {
    var names = new TreeSet<>(interfaces);
    names.forEach(Tokens::checkOneInterface);
    var end = Rule.of(deny.action()).withComment("Unknown interface");
    var chains = new ArrayList<Chain>();
    var from =
        Root.from(
            ChainNames.FROM_WORKLOAD_DISPATCH, name -> ChainNames.workload(Direction.EGRESS, name));
    var to =
        Root.to(
            ChainNames.TO_WORKLOAD_DISPATCH, name -> ChainNames.workload(Direction.INGRESS, name));
    chains.addAll(tree(names, from.withEnd(List.of(end))));
    chains.addAll(tree(names, to.withEnd(List.of(end))));
    return chains;
  }

  /**
   * The chains of a table for traffic from and to interfaces of the host. The roots are always
   * among them; packets of an interface that has no chains go to those of {@link
   * ChainNames#ANY_INTERFACE}, and come back if there are none.
   *
   * @param interfaces the names of those that have chains in the table
   * @throws IllegalArgumentException if one is no name of an interface
   */
  static List<Chain> hosts(Table table, Collection<String> interfaces) {
    var names = new TreeSet<>(interfaces);
    boolean others = names.remove(ChainNames.ANY_INTERFACE);
    names.forEach(Tokens::checkOneInterface);
    var chains = new ArrayList<Chain>();
    for (var root : hostRoots(table)) {
      var end = Rule.of(new Action.Goto(root.chainOf().apply(ChainNames.ANY_INTERFACE)));
      chains.addAll(tree(names, root.withEnd(others ? List.of(end) : List.of())));
    }
    return chains;
  }

  private static List<Root> hostRoots(Table table) {
    var from =
        Root.from(ChainNames.FROM_HOST_ENDPOINT, name -> ChainNames.host(Direction.INGRESS, name));
    var to = Root.to(ChainNames.TO_HOST_ENDPOINT, name -> ChainNames.host(Direction.EGRESS, name));
    return switch (table) {
      case RAW -> List.of(from, to);
      case MANGLE -> List.of(from);
      case NAT -> List.of();
      case FILTER ->
          List.of(
              from,
              to,
              Root.from(
                  ChainNames.FROM_HOST_ENDPOINT_FORWARD,
                  name -> ChainNames.hostForward(Direction.INGRESS, name)),
              Root.to(
                  ChainNames.TO_HOST_ENDPOINT_FORWARD,
                  name -> ChainNames.hostForward(Direction.EGRESS, name)));
    };
  }

  /**
   * Where a tree begins.
   *
   * @param chainOf an interface's own
   * @param end what becomes of packets that no name matches
   */
  private record Root(
      String chain,
      Function<String, Match> match,
      Function<String, String> chainOf,
      List<Rule> end) {
    static Root from(String chain, Function<String, String> chainOf) {
      return new Root(chain, Match.InInterface::new, chainOf, List.of());
    }

    static Root to(String chain, Function<String, String> chainOf) {
      return new Root(chain, Match.OutInterface::new, chainOf, List.of());
    }

    Root withEnd(List<Rule> other) {
      return new Root(chain, match, chainOf, other);
    }

    Rule go(String name, String target) {
      return Rule.of(new Action.Goto(target), match.apply(name));
    }
  }

  private static List<Chain> tree(SortedSet<String> names, Root root) {
    var chains = new ArrayList<Chain>();
    new Tree(root, commonPrefixLength(names), chains).addNode(root.chain(), names);
    return chains;
  }

  /**
   * Puts a tree's chains together, leaves first.
   *
   * @param named how many first characters of interfaces do not matter for the names of chains
   */
  private record Tree(Root root, int named, List<Chain> chains) {
    /** A chain that tells its interfaces apart by the first character in which they differ. */
    void addNode(String chain, SortedSet<String> names) {
      var rules = new ArrayList<Rule>();
      groups(names, commonPrefixLength(names))
          .forEach((prefix, group) -> rules.add(find(prefix, group)));
      add(chain, rules);
    }

    /** The rule that finds a group, whose chain it adds unless there is but one interface. */
    private Rule find(String prefix, SortedSet<String> group) {
      if (group.size() == 1) {
        return findOne(group.first());
      }
      String chain = chainOf(prefix);
      if (group.size() > MOST_IN_A_LEAF && canBeSplit(group)) {
        addNode(chain, group);
      } else {
        add(chain, group.stream().map(this::findOne).toList());
      }
      return root.go(prefix + "+", chain);
    }

    private Rule findOne(String name) {
      return root.go(name, root.chainOf().apply(name));
    }

    /** A goto does not come back, so each chain needs the end. */
    private void add(String chain, List<Rule> rules) {
      var all = new ArrayList<>(rules);
      all.addAll(root.end());
      chains.add(new Chain(chain, all));
    }

    /** Not if the chains behind it would have too long a name. */
    private boolean canBeSplit(SortedSet<String> group) {
      int needed = commonPrefixLength(group) + 1;
      return root.chain().length() + 1 + needed - named <= ChainNames.MAX_LENGTH;
    }

    private String chainOf(String prefix) {
      return root.chain() + "-" + prefix.substring(named);
    }
  }

  /** The names by their first characters up to the first one in which they differ. */
  private static SortedMap<String, SortedSet<String>> groups(SortedSet<String> names, int common) {
    var groups = new TreeMap<String, SortedSet<String>>();
    for (var name : names) {
      String prefix = name.substring(0, Math.min(name.length(), common + 1));
      groups.computeIfAbsent(prefix, p -> new TreeSet<>()).add(name);
    }
    return groups;
  }

  private static int commonPrefixLength(SortedSet<String> names) {
    if (names.isEmpty()) {
      return 0;
    }
    String first = names.first();
    String last = names.last(); // sorted: what these two share, all share
    int length = 0;
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return length;
  }
}
