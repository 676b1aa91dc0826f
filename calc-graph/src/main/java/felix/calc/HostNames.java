package felix.calc;

import felix.calc.index.RefCounts;
import felix.delta.Changes;
import java.util.function.Function;

/** The hosts of the cluster, by whatever names them: endpoints, nodes, settings of one host. */
final class HostNames {
  private static final String OF_ONE_HOST = "node.";

  private final RefCounts<String> hosts = new RefCounts<>();

  void apply(ResourceChanges changes) {
    count(changes.endpoints(), key -> key.host());
    count(changes.nodes(), key -> key.name());
    count(changes.configurations(), key -> host(key.name()));
  }

  int size() {
    return hosts.size();
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
      if (host.isEmpty()) {
        continue;
      }
      if (change.before() == null) {
        hosts.increment(host);
      } else if (change.after() == null) {
        hosts.decrement(host);
      }
    }
  }
}
