package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InternedTest {
  @Test
  void equalValuesBecomeOne() {
    Labels first = Interned.labels(labels("v"));
    List<String> names = Interned.list(List.of("interned-test"));

    assertThat(Interned.labels(labels("v"))).isSameAs(first);
    assertThat(Interned.list(List.of("interned-test"))).isSameAs(names);
  }

  @Test
  void largeValuesAreNotRemembered() {
    String large = "v".repeat(100_000);
    Labels first = Interned.labels(labels(large));
    List<String> names = Interned.list(List.of(large));

    assertThat(Interned.labels(labels(large))).isEqualTo(first).isNotSameAs(first);
    assertThat(Interned.list(List.of(large))).isEqualTo(names).isNotSameAs(names);
  }

  private static Labels labels(String value) {
    return Labels.of(Map.of("interned-test", value));
  }
}
