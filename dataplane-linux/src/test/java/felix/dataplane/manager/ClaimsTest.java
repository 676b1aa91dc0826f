package felix.dataplane.manager;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private final Claims<String, Integer, String> claims = new Claims<>();

  @Test
  void theLowestClaimantGetsIt() {
    claims.claim("cali1", 2, "second");
    claims.claim("cali1", 1, "first");
    assertThat(claims.takeChanges()).containsExactly(new Change<>("cali1", null, "first"));
  }

  @Test
  void theNextOneGetsItOnceItIsReleased() {
    claims.claim("cali1", 1, "first");
    claims.claim("cali1", 2, "second");
    claims.takeChanges();
    claims.release("cali1", 1);
    assertThat(claims.takeChanges()).containsExactly(new Change<>("cali1", "first", "second"));
  }

  @Test
  void oneWhoWaitsComesAndGoesUnnoticed() {
    claims.claim("cali1", 1, "first");
    claims.takeChanges();
    claims.claim("cali1", 2, "second");
    claims.release("cali1", 2);
    assertThat(claims.takeChanges()).isEmpty();
  }

  @Test
  void changesAddUpToTheLowestClaimsWhateverTheOrder() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var drawn = new Claims<Integer, Integer, Integer>();
      Map<Integer, SortedMap<Integer, Integer>> all = new HashMap<>();
      Map<Integer, Integer> holders = new HashMap<>();
      for (int i = 0; i < 100; i++) {
        int thing = random.nextInt(3);
        int claimant = random.nextInt(4);
        var ofThing = all.computeIfAbsent(thing, t -> new TreeMap<>());
        if (random.nextBoolean()) {
          int value = random.nextInt(2);
          drawn.claim(thing, claimant, value);
          ofThing.put(claimant, value);
        } else {
          drawn.release(thing, claimant);
          ofThing.remove(claimant);
        }
        if (random.nextInt(5) == 0) {
          drawn.takeChanges().applyTo(holders);
        }
      }
      drawn.takeChanges().applyTo(holders);
      Map<Integer, Integer> expected = new HashMap<>();
      all.forEach(
          (thing, ofThing) ->
              ofThing.values().stream().findFirst().ifPresent(v -> expected.put(thing, v)));
      assertThat(holders).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
