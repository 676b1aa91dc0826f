package felix.dataplane.rules;

import felix.delta.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The chains that find an interface's endpoint chain: a tree of two levels, by the first character
 * in which names differ, so that a packet passes few rules on a host with many endpoints.
 */
public final class DispatchChains {
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
    int common = commonPrefixLength(names);
    var chains = new ArrayList<Chain>();
    var rootRules = new ArrayList<Rule>();
    groups(names, common)
        .forEach(
            (prefix, group) -> {
              var rules = new ArrayList<Rule>();
              group.forEach(name -> rules.add(root.go(name, root.chainOf().apply(name))));
              if (group.size() == 1) {
                rootRules.addAll(rules);
                return;
              }
              // A goto does not come back, so the end is needed here as well.
              rules.addAll(root.end());
              String child = root.chain() + "-" + prefix.substring(common);
              chains.add(new Chain(child, rules));
              rootRules.add(root.go(prefix + "+", child));
            });
    rootRules.addAll(root.end());
    chains.add(new Chain(root.chain(), rootRules));
    return chains;
  }

  /** The names by their first characters up to the first one in which they differ. */
  private static SequencedMap<String, List<String>> groups(SortedSet<String> names, int common) {
    var groups = new TreeMap<String, List<String>>();
    for (var name : names) {
      String prefix = name.substring(0, Math.min(name.length(), common + 1));
      groups.computeIfAbsent(prefix, p -> new ArrayList<>()).add(name);
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
