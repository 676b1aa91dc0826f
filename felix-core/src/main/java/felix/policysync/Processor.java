package felix.policysync;

import felix.model.WorkloadEndpointKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the deltas add up to, and each client up to date with its part of it. A workload has
 * one client: who comes later takes the place of who was there. Thread {@code policy-sync}, but for
 * {@link #clients}.
 */
final class Processor {
  private final HostPolicy host = new HostPolicy();
  private final Map<WorkloadEndpointKey, Client> clients = new HashMap<>();
  private volatile int count;

  void apply(SyncDelta delta) {
    clients.values().forEach(client -> client.note(delta));
    host.apply(delta);
    List.copyOf(clients.values()).forEach(this::tell);
  }

  void join(Client client) {
    Client earlier = clients.put(client.key(), client);
    if (earlier != null) {
      earlier.end();
    }
    client.begin(host);
    tell(client);
    count = clients.size();
  }

  /** Its stream has ended; nothing happens if another has taken its place. */
  void leave(Client client) {
    clients.remove(client.key(), client);
    count = clients.size();
  }

  /** Goes on with one that was too slow. */
  void ready(Client client) {
    if (client.equals(clients.get(client.key()))) {
      tell(client);
    }
  }

  /** How many clients there are. Any thread. */
  int clients() {
    return count;
  }

  private void tell(Client client) {
    if (!client.tell(host)) {
      leave(client);
    }
  }
}
