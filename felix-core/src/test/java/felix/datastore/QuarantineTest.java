package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final String KEY = KeyPath.ROOT + "profiles/p";

  private final List<Quarantined> logged = new ArrayList<>();
  private final Quarantine quarantine = new Quarantine(logged::add);

  private void put(String path, String spec) {
    quarantine.record(KeyPath.ROOT + path, Decoding.decodeSpec(path, spec).problem());
  }

  @Test
  void keepsABadVersionUntilAGoodOneComes() {
    put("profiles/p", "{\"ingress\": 1}");
    assertThat(quarantine.size()).isEqualTo(1);
    assertThat(quarantine.entries())
        .containsExactly(new Quarantined(KEY, "spec.ingress", "expected an array, found 1"));
    put("profiles/p", "{}");
    assertThat(quarantine.entries()).isEmpty();
  }

  @Test
  void forgetsAKeyThatIsGone() {
    put("profiles/p", "{\"ingress\": 1}");
    quarantine.record(KEY, null);
    assertThat(quarantine.size()).isZero();
  }

  @Test
  void newProblemTakesThePlaceOfTheOldOne() {
    put("profiles/p", "{\"ingress\": 1}");
    put("profiles/p", "{\"egress\": 1}");
    assertThat(quarantine.entries()).extracting(Quarantined::field).containsExactly("spec.egress");
    assertThat(logged).hasSize(2);
  }

  @Test
  void logsEachProblemOnceHoweverOftenItComes() {
    for (int i = 0; i < 5; i++) {
      put("profiles/p", "{\"ingress\": 1}");
      put("profiles/p", "{}");
    }
    assertThat(logged).hasSize(1);
    put("profiles/q", "{\"ingress\": 1}");
    assertThat(logged).hasSize(2);
  }

  @Test
  void snapshotReplacesAll() {
    put("profiles/p", "{\"ingress\": 1}");
    put("profiles/q", "{\"ingress\": 1}");
    var r = new Quarantined(KeyPath.ROOT + "profiles/r", "spec", "x");
    quarantine.replaceAll(List.of(quarantine.entries().get(1), r));
    assertThat(quarantine.entries())
        .extracting(Quarantined::key)
        .containsExactly(KeyPath.ROOT + "profiles/q", KeyPath.ROOT + "profiles/r");
    assertThat(logged).hasSize(3);
  }
}
