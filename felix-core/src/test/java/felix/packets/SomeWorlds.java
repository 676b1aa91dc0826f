package felix.packets;

import felix.lab.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The recorded worlds that this run takes: by chance a few of a kind, in another run others. {@code
 * -Dlab.seed} takes those of an earlier run again, {@code -Dlab.worlds=all} takes all.
 */
final class SomeWorlds {
  static final long SEED =
      Long.getLong("lab.seed", RandomGenerator.getDefault().nextInt(1_000_000));

  private static final boolean ALL = "all".equals(System.getProperty("lab.worlds"));

  private SomeWorlds() {}

  /** Names of some worlds of a kind. */
  static List<String> of(String kind, int some) {
    var names = new ArrayList<>(World.names(kind));
    if (ALL) {
      return names;
    }
    System.out.println(kind + " worlds are those of -Dlab.seed=" + SEED);
    Collections.shuffle(names, new Random(SEED));
    return List.copyOf(names.subList(0, some));
  }
}
