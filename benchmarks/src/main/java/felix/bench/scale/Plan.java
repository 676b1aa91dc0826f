package felix.bench.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be measured.
 *
 * @param local endpoints of this host
 * @param remote endpoints of all others
 * @param rounds times that a policy is changed, and endpoints that come
 * @param churn endpoints of other hosts that get another label
 * @param overlay vxlan or none
 * @param backend legacy or nft
 * @param idleSeconds how long it is watched while nothing happens
 * @param agents programs, one after the other over the same data
 */
record Plan(
    int local,
    int remote,
    int policies,
    int rounds,
    int churn,
    String overlay,
    String backend,
    int idleSeconds,
    List<String> agents) {
  private static final Set<String> WORDS =
      Set.of(
          "local", "remote", "policies", "rounds", "churn", "overlay", "backend", "idle", "agents");

  /** The first two are who the packets go between. */
  private static final int FEWEST = 2;

  Plan {
    if (local < FEWEST) {
      throw new IllegalArgumentException("local must be at least " + FEWEST);
    }
  }

  /** From words such as {@code local=1000}; what is not said is as in the issue. */
  static Plan parse(String... words) {
    Map<String, String> given =
        Arrays.stream(words)
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(pair -> known(pair), pair -> pair[1]));
    return new Plan(
        Integer.parseInt(given.getOrDefault("local", "1000")),
        Integer.parseInt(given.getOrDefault("remote", "249000")),
        Integer.parseInt(given.getOrDefault("policies", "10000")),
        Integer.parseInt(given.getOrDefault("rounds", "10")),
        Integer.parseInt(given.getOrDefault("churn", "4000")),
        given.getOrDefault("overlay", "vxlan"),
        given.getOrDefault("backend", "legacy"),
        Integer.parseInt(given.getOrDefault("idle", "15")),
        List.of(given.getOrDefault("agents", "bin/calico-felix").split(",")));
  }

  boolean isVxlan() {
    return overlay.equals("vxlan");
  }

  private static String known(String[] pair) {
    if (pair.length < 2 || !WORDS.contains(pair[0])) {
      throw new IllegalArgumentException("not one of " + WORDS + "=…: " + pair[0]);
    }
    return pair[0];
  }
}
