package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondConnectionTest {
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void hear() {
    ROOT.addHandler(handler);
  }

  @AfterEach
  void forget() {
    ROOT.removeHandler(handler);
  }

  @Test
  void unencryptedHttpIsWarnedOfOnceForBothConnections() throws IOException {
    var settings = new EtcdSettings(List.of(URI.create("http://127.0.0.1:1")));
    try (var connector = new EtcdConnector(settings);
        var store = connector.statusStore()) {
      assertThat(connector.connection()).isNotNull();
      assertThatThrownBy(() -> store.list("/calico/felix/")).isInstanceOf(IOException.class);
    }

    assertThat(logged).filteredOn(line -> line.contains("over http")).hasSize(1);
  }
}
