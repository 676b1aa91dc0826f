package felix.datastore;

import felix.datastore.tls.TlsMaterial;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What others ask about the safety of the way to etcd. Written by one thread, read by any. */
public final class EtcdSecurity {
  private volatile boolean insecure;
  private volatile Map<String, Instant> expiries = Map.of();
  private volatile int renewals;

  EtcdSecurity() {}

  /** Whether anybody on the way can read and change what etcd says. */
  public boolean isInsecure() {
    return insecure;
  }

  /**
   * When certificates expire: {@code client} ours, {@code ca} the next of the authorities'. Those
   * in the files; empty before they could be read, and without TLS.
   */
  public Map<String, Instant> expiries() {
    return expiries;
  }

  /** How often a connection was replaced by one with new certificates. */
  public int renewals() {
    return renewals;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void renewed() {
    renewals++;
  }

  void insecure(boolean now) {
    insecure = now;
  }

  void uses(TlsMaterial material, Instant now) {
    var all = new TreeMap<String, Instant>();
    all.put("ca", material.authorityExpiry(now));
    material.identityExpiry().ifPresent(expiry -> all.put("client", expiry));
    expiries = Map.copyOf(all);
  }
}
