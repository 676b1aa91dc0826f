package felix.dataplane.iptables;

import felix.dataplane.rules.Action;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.Match;
import felix.dataplane.rules.Rule;
import java.util.List;
import java.util.stream.Stream;

/** Short ways to write chains down. */
final class TestRules {
  private TestRules() {}

  static Chain chain(String name, Rule... rules) {
    return new Chain(name, List.of(rules));
  }

  /** A chain with one rule an interface, each dropping what comes in there. */
  static Chain dropping(String name, String... interfaces) {
    return new Chain(name, Stream.of(interfaces).map(TestRules::dropFrom).toList());
  }

  static Rule dropFrom(String inInterface) {
    return new Rule(List.of(new Match.InInterface(inInterface)), new Action.Drop(), List.of());
  }

  static Rule jump(String chain) {
    return new Rule(List.of(), new Action.Jump(chain), List.of());
  }
}
