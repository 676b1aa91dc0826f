package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.DataplaneDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeeSinkTest {
  private final List<SyncDelta> copies = new ArrayList<>();

  @Test
  void whatTheNextSinkDoesToADeltaDoesNotShowInTheCopy() {
    DataplaneDelta delta = SampleDeltas.workloads("web");
    SyncDelta expected = SyncDelta.copyOf(SampleDeltas.workloads("web"));
    var tee = new TeeSink(taken -> merge(taken, SampleDeltas.labels(1)), copies::add);

    assertThat(tee.offer(delta)).isTrue();
    merge(delta, SampleDeltas.labels(1));
    assertThat(copies).containsExactly(expected);
  }

  @Test
  void aRefusedDeltaIsToldWhenItIsTaken() {
    var answers = new ArrayList<>(List.of(false, true));
    var tee = new TeeSink(delta -> answers.removeFirst(), copies::add);
    DataplaneDelta delta = SampleDeltas.workloads("web");

    assertThat(tee.offer(delta)).isFalse();
    assertThat(copies).isEmpty();
    DataplaneDelta more = delta.mergeLater(SampleDeltas.labels(1));
    assertThat(tee.offer(more)).isTrue();
    assertThat(copies).containsExactly(SyncDelta.copyOf(more));
  }

  private static boolean merge(DataplaneDelta delta, DataplaneDelta later) {
    return delta.mergeLater(later).datastoreReady();
  }
}
