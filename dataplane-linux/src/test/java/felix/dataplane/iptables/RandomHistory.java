package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.iptables.TableDriver.Beside;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.rules.Action;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A driver's life of random wishes, applies and edits by other programs, on tables in whatever
 * state they were left. At its end the table must hold what was wished, and the others' rules.
 */
final class RandomHistory {
  private static final Table TABLE = Table.FILTER;
  private static final int CHAINS = 7;
  private static final int MAX_TRIES = 3;

  private final Random random;
  private final String name;
  private final IptablesTools tools;
  private final RecordingRunner runner;
  private final ChainInsertMode mode;
  private final TableDriver driver;

  /** What is desired, kept a second time. A chain leads only to chains of higher numbers. */
  private final Map<String, Chain> chains = new TreeMap<>();

  private final Map<String, List<Rule>> hooks = new TreeMap<>();

  RandomHistory(long seed, IptablesTools tools, RecordingRunner runner, Beside beside) {
    this.random = new Random(seed);
    this.name = "history of seed " + seed + ", " + tools.backend();
    this.tools = tools;
    this.runner = runner;
    this.mode = random.nextBoolean() ? ChainInsertMode.INSERT : ChainInsertMode.APPEND;
    this.driver = new TableDriver(TABLE, mode, tools, runner, beside);
  }

  void play(int steps) {
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> setChain();
        case 3 -> removeChain();
        case 4 -> setHook();
        case 5, 6 -> foreignEdit();
        case 7 -> lookAgain();
        default -> apply();
      }
    }
    lookAgain();
    assertHolds();
    int writes = runner.writes();
    driver.queueResync();
    apply();
    assertThat(runner.writes()).as("%s: writes of a second apply", name).isEqualTo(writes);
  }

  /** As it is done regularly, or out of mistrust. */
  private void lookAgain() {
    if (random.nextInt(3) == 0) {
      driver.queueResync();
    } else {
      driver.refresh();
    }
    apply();
  }

  private void setChain() {
    int number = random.nextInt(CHAINS);
    var rules = new ArrayList<Rule>();
    for (int i = random.nextInt(5); i > 0; i--) {
      int other = number + 1 + random.nextInt(CHAINS);
      boolean known = chains.containsKey("cali-" + other);
      rules.add(known ? TestRules.jump("cali-" + other) : TestRules.dropFrom("if" + other));
    }
    var chain = new Chain("cali-" + number, rules);
    chains.put(chain.name(), chain);
    driver.chains().set(chain.name(), chain);
  }

  private void removeChain() {
    String chain = "cali-" + random.nextInt(CHAINS);
    var all = new ArrayList<Rule>();
    chains.values().forEach(c -> all.addAll(c.rules()));
    hooks.values().forEach(all::addAll);
    if (all.stream().noneMatch(rule -> rule.action().equals(new Action.Jump(chain)))) {
      chains.remove(chain);
      driver.chains().remove(chain);
    }
  }

  private void setHook() {
    String kernelChain = KernelChains.of(TABLE).get(random.nextInt(3));
    var rules = new ArrayList<Rule>();
    for (var chain : chains.keySet()) {
      if (random.nextInt(4) == 0) {
        rules.add(TestRules.jump(chain));
      }
    }
    if (rules.isEmpty()) {
      hooks.remove(kernelChain);
    } else {
      hooks.put(kernelChain, rules);
    }
    driver.hooks().set(kernelChain, rules);
  }

  /** Some of these fail, as they would for another program. */
  private void foreignEdit() {
    String kernelChain = KernelChains.of(TABLE).get(random.nextInt(3));
    String ours = "cali-" + random.nextInt(CHAINS);
    String foreign = "-i f" + random.nextInt(5) + " -j ACCEPT";
    String line =
        switch (random.nextInt(9)) {
          case 0 -> "-I " + kernelChain + " " + foreign;
          case 1 -> "-A " + kernelChain + " " + foreign;
          case 2 -> "-F " + kernelChain;
          case 3 -> "-F " + ours;
          case 4 -> "-I " + ours + " " + foreign;
          case 5 -> "-A " + ours + " " + foreign;
          case 6 -> "-D " + ours + " 1";
          case 7 -> ":cali-old - [0:0]\n-A cali-old -j " + ours;
          default ->
              ":cali-old - [0:0]\n-I "
                  + kernelChain
                  + " -m comment --comment \"cali:0123456789abcdef\" -j cali-old";
        };
    runner.run(tools.restoreCommand(), "*filter\n" + line + "\nCOMMIT\n");
  }

  private void apply() {
    var before = foreignRules();
    var outcome = driver.apply();
    for (int tries = 1; tries < MAX_TRIES && !outcome.equals(ApplyOutcome.IN_SYNC); tries++) {
      outcome = driver.apply();
    }
    assertThat(outcome).as(name).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(foreignRules()).as("%s: rules of others", name).isEqualTo(before);
  }

  private void assertHolds() {
    var saved = SaveParser.parse(TABLE, dump());
    var wanted = new TreeMap<String, List<String>>();
    chains.forEach((chain, content) -> wanted.put(chain, hashes(content)));
    assertThat(saved.chains()).as(name).isEqualTo(wanted);
    assertThat(saved.hooks().keySet()).as(name).isEqualTo(hooks.keySet());
    saved
        .hooks()
        .forEach(
            (chain, hooked) -> {
              var rules = hooks.getOrDefault(chain, List.of());
              assertThat(hooked.rules().stream().map(SavedTable.Hook::hash).toList())
                  .as("%s: %s", name, chain)
                  .isEqualTo(hashes(new Chain(chain, rules)));
              assertThat(hooked.inPlace(mode)).as("%s: %s in place", name, chain).isTrue();
            });
  }

  private static List<String> hashes(Chain chain) {
    return RuleText.render(chain).stream().map(RenderedRule::hash).toList();
  }

  /** Rules in the kernel's chains that are none of ours. */
  private List<String> foreignRules() {
    return dump()
        .lines()
        .filter(line -> line.startsWith("-A ") && !line.startsWith("-A cali-"))
        .filter(line -> !line.contains("\"cali:"))
        .toList();
  }

  private String dump() {
    return runner.run(tools.saveCommand(TABLE), "").output();
  }
}
