package felix.datastore.tls;

import java.util.Optional;

/**
 * Where TLS has its keys and certificates from.
 *
 * @param authorities whom to believe who etcd is; nobody else is believed
 * @param identity who we are; empty if etcd does not ask
 */
public record TlsFiles(TlsFile authorities, Optional<Identity> identity) {

  /** A certificate, with those between it and its authority, and its key. */
  public record Identity(TlsFile certificate, TlsFile key) {}
}
