package felix.dataplane.iptables;

import felix.dataplane.iptables.TablePlan.ChainWrite;
import felix.dataplane.iptables.TablePlan.HookWrite;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.Table;
import java.util.List;

/**
 * A plan as input of iptables-restore. Chains are declared before a rule leads to them and deleted
 * after the last one has gone; a chain to be deleted is emptied first, so that two of them may lead
 * to each other. The kernel takes all of a transaction or nothing.
 *
 * <p>Legacy: one transaction, and of a changed chain only the rules that differ, so that the others
 * keep their counters. nft: a changed chain is written anew, because before 1.8.3 only the first
 * {@code -R} of a batch finds its place (netfilter bug 1348); and chains are deleted in a second
 * transaction, because older tools look for references as they were at the start of one.
 */
final class RestoreBatch {
  /** Echoed by restore once all before it was committed: the proof that it read to the end. */
  static final String LAST_LINE = "# end of batch";

  private final Table table;
  private final StringBuilder text = new StringBuilder();

  private RestoreBatch(Table table) {
    this.table = table;
  }

  static String of(Table table, IptablesBackend backend, TablePlan plan) {
    var batch = new RestoreBatch(table);
    switch (backend) {
      case LEGACY -> batch.legacy(plan);
      case NFT -> batch.nft(plan);
    }
    return batch.line(LAST_LINE).text.toString();
  }

  private void legacy(TablePlan plan) {
    begin();
    plan.writes().stream().filter(write -> write.held() == null).forEach(this::declare);
    plan.removals().forEach(this::declare);
    plan.writes().forEach(this::change);
    foreignChains(plan);
    plan.removals().forEach(this::delete);
    commit();
  }

  private void nft(TablePlan plan) {
    begin();
    plan.writes().forEach(this::declare);
    plan.removals().forEach(this::declare);
    plan.writes().forEach(write -> appendFrom(0, write.chain(), write.wanted()));
    foreignChains(plan);
    commit();
    if (!plan.removals().isEmpty()) {
      begin();
      plan.removals().forEach(this::delete);
      commit();
    }
  }

  private void foreignChains(TablePlan plan) {
    plan.strays().forEach(stray -> line("-D " + stray.chain() + " " + stray.spec()));
    plan.hooks().forEach(this::hook);
  }

  private void declare(ChainWrite write) {
    declare(write.chain());
  }

  /** Makes the chain, or empties it if it is there. */
  private void declare(String chain) {
    line(":" + chain + " - [0:0]");
  }

  private void delete(String chain) {
    line("--delete-chain " + chain);
  }

  /** Rule by rule; what is left over at the end goes. */
  private void change(ChainWrite write) {
    var held = write.held() == null ? List.<String>of() : write.held();
    var wanted = write.wanted();
    int common = Math.min(held.size(), wanted.size());
    for (int i = 0; i < common; i++) {
      if (!held.get(i).equals(wanted.get(i).hash())) {
        line("-R " + write.chain() + " " + (i + 1) + " " + wanted.get(i).spec());
      }
    }
    appendFrom(common, write.chain(), wanted);
    for (int i = wanted.size(); i < held.size(); i++) {
      line("-D " + write.chain() + " " + (wanted.size() + 1));
    }
  }

  private void appendFrom(int first, String chain, List<RenderedRule> rules) {
    for (var rule : rules.subList(first, rules.size())) {
      line("-A " + chain + " " + rule.spec());
    }
  }

  private void hook(HookWrite write) {
    write.held().forEach(spec -> line("-D " + write.chain() + " " + spec));
    switch (write.mode()) {
      // Each one goes before all others: the last first.
      case INSERT ->
          write.wanted().reversed().forEach(r -> line("-I " + write.chain() + " " + r.spec()));
      case APPEND -> appendFrom(0, write.chain(), write.wanted());
    }
  }

  private void begin() {
    line("*" + table.kernelName());
  }

  private void commit() {
    line("COMMIT");
  }

  private RestoreBatch line(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a rule of two lines: " + line);
    }
    text.append(line).append('\n');
    return this;
  }
}
