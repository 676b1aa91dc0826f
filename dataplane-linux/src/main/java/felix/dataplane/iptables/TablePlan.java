package felix.dataplane.iptables;

import felix.dataplane.iptables.SavedTable.Stray;
import felix.dataplane.rules.RenderedRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is to be done to a table, as the result of comparing. Done in one go it brings the table
 * to what is desired; a second plan is then empty.
 *
 * @param writes chains of ours to make or change
 * @param removals chains of ours that nobody wants
 * @param hooks chains of others in which our rules are wrong
 * @param strays rules of an old Felix in chains of others
 */
record TablePlan(
    List<ChainWrite> writes, List<String> removals, List<HookWrite> hooks, List<Stray> strays) {
  /**
   * A chain of ours.
   *
   * @param held hashes of the rules that are there; null if the chain is not
   * @param wanted the rules that are to be there
   */
  record ChainWrite(String chain, @Nullable List<String> held, List<RenderedRule> wanted) {}

  /**
   * Our rules in a chain of others. All are taken out and written anew where they belong.
   *
   * @param held text of those that are there. They are deleted by text, not by number: another
   *     program may have moved them since they were read
   * @param mode where they belong
   */
  record HookWrite(
      String chain, List<String> held, List<RenderedRule> wanted, ChainInsertMode mode) {}

  /** Rules and chains that go and are not replaced, in words: rules first, each kind sorted. */
  List<String> removedObjects() {
    var ours =
        hooks.stream()
            .filter(hook -> hook.wanted().isEmpty())
            .flatMap(hook -> hook.held().stream().map(spec -> rule(hook.chain(), spec)));
    var old = strays.stream().map(stray -> rule(stray.chain(), stray.spec()));
    return Stream.concat(
            Stream.concat(ours, old).sorted(), removals.stream().map(chain -> "chain " + chain))
        .toList();
  }

  private static String rule(String chain, String spec) {
    return "rule " + chain + " " + spec;
  }

  boolean isEmpty() {
    return writes.isEmpty() && removals.isEmpty() && hooks.isEmpty() && strays.isEmpty();
  }
}
