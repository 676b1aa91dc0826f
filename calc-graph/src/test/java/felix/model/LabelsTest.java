package felix.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LabelsTest {

  @Test
  void holdWhatTheMapHolds() {
    var random = new Random(1);
    for (int round = 0; round < 1_000; round++) {
      var map = new HashMap<String, String>();
      for (int i = random.nextInt(20); i > 0; i--) {
        map.put("k" + random.nextInt(30), "v" + random.nextInt(3));
      }
      Labels labels = Labels.of(map);

      assertThat(labels.toMap()).isEqualTo(map);
      assertThat(labels.size()).isEqualTo(map.size());
      for (int i = 0; i < 30; i++) {
        assertThat(labels.get("k" + i)).isEqualTo(map.get("k" + i));
      }
    }
  }

  @Test
  void areEqualIfTheyHoldTheSame() {
    assertThat(Labels.of(Map.of("a", "1", "b", "2")))
        .isEqualTo(Labels.of(Map.of("b", "2", "a", "1")))
        .hasSameHashCodeAs(Labels.of(Map.of("b", "2", "a", "1")))
        .isNotEqualTo(Labels.of(Map.of("a", "1")));
  }
}
