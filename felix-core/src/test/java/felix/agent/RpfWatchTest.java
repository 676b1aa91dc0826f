package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.RpFilter;
import felix.rpf.RpFilterSettings;
import felix.rpf.WorkloadInterfaces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpfWatchTest {
  private static final RpFilterSettings STRICT = settings(RpFilter.STRICT);
  private static final RpFilterSettings LOOSE = settings(RpFilter.LOOSE);

  private final AtomicReference<RpFilterSettings> host = new AtomicReference<>(STRICT);
  private final RpfWatch watch = new RpfWatch(host::get, WorkloadInterfaces.CALICO);
  private final List<Level> logged = new ArrayList<>();
  private final Logger log = Logger.getLogger(RpfWatch.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    log.removeHandler(handler);
  }

  @Test
  void warnsOnceWhenAHostBecomesLoose() {
    watch.look();
    assertThat(watch.isEnforced()).isTrue();

    host.set(LOOSE);
    watch.lookAgain();
    watch.lookAgain();
    assertThat(watch.isLoose()).isTrue();
    assertThat(logged).containsExactly(Level.WARNING);

    host.set(STRICT);
    watch.lookAgain();
    watch.lookAgain();
    assertThat(watch.isLoose()).isFalse();
    assertThat(logged).containsExactly(Level.WARNING, Level.INFO);
  }

  @Test
  void saysNothingAgainOfAHostThatWasLooseFromTheStart() {
    host.set(LOOSE);
    watch.look();
    watch.lookAgain();
    assertThat(logged).isEmpty();
  }

  @Test
  void onlyARefusalKeepsTheAgentFromStarting() {
    assertThat(Preflight.allows(watch, false)).isTrue();
    host.set(LOOSE);
    assertThat(Preflight.allows(watch, false)).isFalse();
    assertThat(Preflight.allows(watch, true)).isTrue();
  }

  private static RpFilterSettings settings(RpFilter all) {
    return new RpFilterSettings(all, RpFilter.STRICT, List.of());
  }
}
