package felix.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyedListTest {

  /** Few hashes for many keys: the runs of places are long, and wrap around the end. */
  private record Key(int number) {
    @Override
    public int hashCode() {
      return number % 5;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 30, 400})
  void behavesLikeLinkedHashMap(int keys) {
    var random = new Random(keys);
    var list = new KeyedList<Key, Map.Entry<Key, Integer>>(Map.Entry::getKey);
    var reference = new LinkedHashMap<Key, Integer>();
    for (int step = 0; step < 20_000; step++) {
      var key = new Key(random.nextInt(keys));
      // Swings between nearly full and nearly empty, so that gaps come and are closed.
      boolean adding = random.nextInt(100) < (step / 1_000 % 2 == 0 ? 80 : 20);
      if (adding) {
        list.put(Map.entry(key, step));
        reference.put(key, step);
      } else {
        assertThat(list.removeKey(key)).isEqualTo(reference.remove(key) != null);
      }
      var probe = new Key(random.nextInt(keys));
      var found = list.get(probe);
      assertThat(found == null ? null : found.getValue()).isEqualTo(reference.get(probe));
      assertThat(list.size()).isEqualTo(reference.size());
      if (step % 50 == 0) {
        assertThat(list).containsExactlyElementsOf(reference.entrySet());
      }
    }
  }
}
