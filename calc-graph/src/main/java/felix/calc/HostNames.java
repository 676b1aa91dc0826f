package felix.calc;

import felix.calc.index.RefCounts;
import felix.delta.Changes;
import felix.model.HostEndpoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hosts of the cluster, by whatever names them: endpoints, nodes, settings of one host. */
final class HostNames {
  private static final String OF_ONE_HOST = "node.";

  private final RefCounts<String> hosts = new RefCounts<>();

  void apply(ResourceChanges changes) {
    count(changes.endpoints(), key -> key.host());
    for (var change : changes.hostEndpoints()) {
      count(host(change.before()), host(change.after()));
    }
    count(changes.nodes(), key -> key.name());
    count(changes.configurations(), key -> host(key.name()));
  }

  int size() {
    return hosts.size();
  }

  private static String host(@Nullable HostEndpoint endpoint) {
    return endpoint == null ? "" : endpoint.host();
  }

  /** Empty for settings of all hosts. */
  private static String host(String configuration) {
    return configuration.startsWith(OF_ONE_HOST)
        ? configuration.substring(OF_ONE_HOST.length())
        : "";
  }

  private <K> void count(Changes<K, ?> changes, Function<K, String> hostOf) {
    for (var change : changes) {
      String host = hostOf.apply(change.key());
      count(change.before() == null ? "" : host, change.after() == null ? "" : host);
    }
  }

  /** One is named no longer, another one is; empty for none. */
  private void count(String before, String after) {
    if (!after.isEmpty()) {
      hosts.increment(after);
    }
    if (!before.isEmpty()) {
      hosts.decrement(before);
    }
  }
}
