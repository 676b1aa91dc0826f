package felix.status;

import felix.dataplane.status.EndpointReport;
import felix.datastore.StatusStore;
import felix.model.EndpointKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Brings the keys of endpoints to what the board says, one a turn, as Felix does: what is new waits
 * for a turn first, since it may change again. On the status thread.
 */
final class EndpointKeys {
  private final StatusKeys keys;
  private final EndpointBoard board;
  private final StatusStore store;

  /** Values by key, as the board had them when last looked at. */
  private Map<String, String> desired = Map.of();

  private Set<String> queued = new LinkedHashSet<>();
  private final Set<String> active = new LinkedHashSet<>();
  private long seen = -1;

  EndpointKeys(StatusKeys keys, EndpointBoard board, StatusStore store) {
    this.keys = keys;
    this.board = board;
    this.store = store;
  }

  /** Whether a turn would do anything. */
  boolean isWorkWaiting() {
    return seen != board.version() || !queued.isEmpty() || !active.isEmpty();
  }

  /** Writes one key at most. */
  void turn() throws IOException, InterruptedException {
    take();
    Iterator<String> next = active.iterator();
    if (next.hasNext()) {
      write(next.next());
      next.remove();
    }
    active.addAll(queued);
    queued = new LinkedHashSet<>();
  }

  /**
   * Has what is wrong in the datastore put right in the turns to come: other values, and keys of
   * endpoints that this host has not.
   */
  void compare() throws IOException, InterruptedException {
    if (!board.isComplete()) {
      return;
    }
    take();
    Map<String, String> found = new HashMap<>(store.list(keys.workloads()));
    found.putAll(store.list(keys.hostEndpoints()));
    var all = new HashSet<>(found.keySet());
    all.removeIf(key -> !keys.isEndpoint(key));
    all.addAll(desired.keySet());
    active.removeIf(key -> !isWrong(found, key));
    all.stream().filter(key -> isWrong(found, key) && !queued.contains(key)).forEach(active::add);
  }

  private boolean isWrong(Map<String, String> found, String key) {
    String wanted = desired.get(key);
    return wanted == null ? found.containsKey(key) : !wanted.equals(found.get(key));
  }

  private void take() {
    long version = board.version();
    if (version == seen) {
      return;
    }
    seen = version;
    Map<String, String> before = desired;
    var after = new HashMap<String, String>();
    for (Map.Entry<EndpointKey, EndpointReport> entry : board.reports().entrySet()) {
      after.put(keys.endpoint(entry.getKey()), StatusText.endpoint(entry.getValue().state()));
    }
    var all = new HashSet<>(before.keySet());
    all.addAll(after.keySet());
    all.stream()
        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
        .filter(key -> !active.contains(key))
        .forEach(queued::add);
    desired = after;
  }

  private void write(String key) throws IOException, InterruptedException {
    String value = desired.get(key);
    if (value == null) {
      store.delete(key);
    } else {
      store.put(key, value, Duration.ZERO);
    }
  }
}
