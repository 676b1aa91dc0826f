package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example of the DC/OS documentation, with a real HTTP server and clients. */
@Tag("packets")
class BookstoreTest {
  private static final String PAGE = "Moby-Dick, 3 copies";

  /** curl's own word for a time-out. */
  private static final int TIMED_OUT = 28;

  private final Workload server = Example.STATE.workloads().get(0);
  private final Workload bookstore = Example.STATE.workloads().get(1);
  private final Workload fruitstore = Example.STATE.workloads().get(2);

  @ParameterizedTest
  @EnumSource
  void theBookstoreClientGetsItsPageAndTheFruitstoreClientTimesOut(Backend backend) {
    try (var lab = new Lab(BookstoreTest.class, backend)) {
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      try (var pages = lab.serve(server, 80, PAGE)) {
        var request = "curl -q -s --noproxy '*' -m 2 " + pages.url();
        assertThat(lab.node().shell(bookstore).attempt(request).out()).isEqualTo(PAGE);
        assertThat(lab.node().shell(fruitstore).attempt(request).exit()).isEqualTo(TIMED_OUT);
      }
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
    }
  }
}
