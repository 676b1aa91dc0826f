package felix.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.manager.EndpointStatusManager;
import felix.model.IpVersion;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  private final Dataplane first = idle();
  private final Dataplane second = idle();
  private final Families families = Families.atOnce(List.of(first, second));
  private final Queue<Dataplane> done = new ConcurrentLinkedQueue<>();

  private static Dataplane idle() {
    var loop = new ApplyLoop(List.of(), () -> 0, new Random(1), () -> {});
    return new Dataplane(IpVersion.V4, List.of(), loop, new EndpointStatusManager(name -> false));
  }

  @Test
  void bothAreWorkedOnAtTheSameTime() {
    var bothAreHere = new CyclicBarrier(2);
    families.work(
        dataplane -> {
          try {
            bothAreHere.await(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("nobody came", e);
          }
          done.add(dataplane);
        });
    assertThat(done).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aloneThereIsNoSecondThread() {
    var here = Thread.currentThread();
    Families.atOnce(List.of(first))
        .work(dataplane -> assertThat(Thread.currentThread()).isSameAs(here));
  }

  @Test
  void aFaultInEitherIsThrownHereOnceBothAreDone() {
    for (var faulty : List.of(first, second)) {
      done.clear();
      assertThatThrownBy(
              () ->
                  families.work(
                      dataplane -> {
                        if (dataplane.equals(faulty)) {
                          throw new IllegalArgumentException("bug");
                        }
                        done.add(dataplane);
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("bug");
      assertThat(done).hasSize(1);
    }
  }
}
