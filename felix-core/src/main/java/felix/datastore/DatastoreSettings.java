package felix.datastore;

import java.util.Map;

/**
 * Settings that the datastore holds, as text by name.
 *
 * @param host from FelixConfiguration {@code node.<host>}
 * @param global from FelixConfiguration {@code default}
 * @param cluster from ClusterInformation {@code default}
 */
public record DatastoreSettings(
    Map<String, String> host, Map<String, String> global, Map<String, String> cluster) {
  public DatastoreSettings {
    host = Map.copyOf(host);
    global = Map.copyOf(global);
    cluster = Map.copyOf(cluster);
  }
}
