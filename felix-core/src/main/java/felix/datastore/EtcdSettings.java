package felix.datastore;

import felix.datastore.tls.TlsFiles;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The way to etcd.
 *
 * @param members where it is
 * @param tls needed for https, without effect for http
 * @param login empty where etcd asks nobody, or takes the name from the certificate
 */
public record EtcdSettings(EtcdMembers members, Optional<TlsFiles> tls, Optional<EtcdLogin> login) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException for what would not be connected to as it asks to be
   */
  public EtcdSettings {
    if (members.areSecure() && tls.isEmpty()) {
      throw new IllegalArgumentException(
          members + ": https needs EtcdCaFile (ETCD_CA_CERT_FILE), to know etcd by");
    }
  }

  /** Over http, as nobody in particular. */
  public EtcdSettings(List<URI> endpoints) {
    this(new EtcdMembers.Listed(endpoints), Optional.empty(), Optional.empty());
  }
}
