package felix.datastore;

import java.net.URI;
import java.util.List;

/**
 * The way to etcd.
 *
 * @param endpoints of the members, all with one scheme; {@code http} only
 */
public record EtcdSettings(List<URI> endpoints) {
  /**
   * Checks the endpoints.
   *
   * @throws IllegalArgumentException for what would not be connected to as it asks to be
   */
  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no etcd endpoints");
    }
    for (URI endpoint : endpoints) {
      if (!"http".equals(endpoint.getScheme())) {
        throw new IllegalArgumentException(endpoint + ": only http is supported");
      }
    }
  }
}
