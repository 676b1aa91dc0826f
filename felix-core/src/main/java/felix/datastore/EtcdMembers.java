package felix.datastore;

import java.net.URI;
import java.util.List;

/** Where etcd's members are, or the proxies before them. */
public sealed interface EtcdMembers {

  /** Whether nothing but https is wanted. */
  boolean areSecure();

  /**
   * By their addresses.
   *
   * @param endpoints with host and port, all http or all https
   */
  record Listed(List<URI> endpoints) implements EtcdMembers {
    private static final List<String> SCHEMES = List.of("http", "https");

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if there is none, or one is not as it should be
     */
    public Listed {
      endpoints = List.copyOf(endpoints);
      if (endpoints.isEmpty()) {
        throw new IllegalArgumentException("no etcd endpoints");
      }
      for (URI endpoint : endpoints) {
        if (!SCHEMES.contains(endpoint.getScheme()) || endpoint.getHost() == null) {
          throw new IllegalArgumentException(endpoint + " is neither http nor https");
        }
      }
      if (endpoints.stream().map(URI::getScheme).distinct().count() > 1) {
        throw new IllegalArgumentException(endpoints + ": http and https together");
      }
    }

    @Override
    public boolean areSecure() {
      return endpoints.getFirst().getScheme().equals("https");
    }

    @Override
    public String toString() {
      return endpoints.toString();
    }
  }

  /**
   * By what the DNS says of a domain.
   *
   * @param areSecure whether records of plain http do not count
   */
  record Discovered(String domain, boolean areSecure) implements EtcdMembers {
    @Override
    public String toString() {
      return "of " + domain;
    }
  }
}
