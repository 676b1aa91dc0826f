package felix.datastore;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Asks the DNS where etcd is, by the names that etcd itself uses ("DNS discovery" in its manual).
 * Where there are secure members the others do not count, so that an answer that somebody added
 * does not lead anywhere without TLS.
 */
final class SrvRecords {
  private static final String SECURE = "_etcd-client-ssl._tcp.";
  private static final String PLAIN = "_etcd-client._tcp.";
  private static final String TYPE = "SRV";

  private final String server;

  /** Of the host's resolvers. */
  SrvRecords() {
    this("dns:");
  }

  /**
   * Of one.
   *
   * @param server {@code dns://address:port}
   */
  SrvRecords(String server) {
    this.server = server;
  }

  /**
   * At least one endpoint.
   *
   * @throws EtcdFailure if the DNS knows none, or does not answer
   */
  List<URI> endpoints(EtcdMembers.Discovered members) {
    List<URI> found = lookUp(SECURE + members.domain(), "https");
    if (found.isEmpty() && !members.areSecure()) {
      found = lookUp(PLAIN + members.domain(), "http");
    }
    if (found.isEmpty()) {
      String names = members.areSecure() ? SECURE : SECURE + " or " + PLAIN;
      throw new EtcdFailure(
          EtcdFailure.Kind.CALL, "the DNS has no SRV records " + names + members.domain());
    }
    return found;
  }

  // The name is a checked host name below a fixed one, and the provider is fixed: nothing that
  // the answer holds is loaded or looked up.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private List<URI> lookUp(String name, String scheme) {
    var environment = new Hashtable<String, String>();
    environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    environment.put("java.naming.provider.url", server);
    environment.put("com.sun.jndi.dns.timeout.initial", "1000");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      var context = new InitialDirContext(environment);
      try {
        Attribute records = context.getAttributes(name, new String[] {TYPE}).get(TYPE);
        return records == null ? List.of() : endpoints(records, scheme);
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      throw new EtcdFailure(
          EtcdFailure.Kind.CALL, "the DNS did not answer for " + name + ": " + e.getMessage(), e);
    }
  }

  /** From "priority weight port target."; those that are no such thing do not count. */
  private static List<URI> endpoints(Attribute records, String scheme) throws NamingException {
    var endpoints = new ArrayList<URI>();
    for (Object each : Collections.list(records.getAll())) {
      String[] parts = each.toString().split(" ", -1);
      if (parts.length == 4 && parts[2].matches("\\d+") && parts[3].matches("[a-zA-Z0-9.-]+")) {
        String target = parts[3].replaceAll("\\.$", "");
        endpoints.add(URI.create(scheme + "://" + target + ":" + parts[2]));
      }
    }
    return endpoints;
  }
}
