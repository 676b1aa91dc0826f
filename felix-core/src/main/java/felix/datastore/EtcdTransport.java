package felix.datastore;

import felix.datastore.tls.TlsException;
import felix.datastore.tls.TlsMaterial;
import felix.datastore.tls.TlsSource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Makes connections as the settings say and the files are. Where they are incomplete there is no
 * connection rather than one that is less safe. One thread, but for {@link #over}.
 */
final class EtcdTransport {
  private final EtcdSettings settings;
  private final Duration callLimit;
  private final Logger log;
  private final EtcdSecurity security = new EtcdSecurity();
  private final ExpiryWarning expiry;
  private final @Nullable TlsSource files;
  private boolean warned;
  private String problem = "";

  /**
   * To one etcd.
   *
   * @param log hears of what is not safe
   */
  EtcdTransport(EtcdSettings settings, Duration callLimit, Logger log) {
    this.settings = settings;
    this.callLimit = callLimit;
    this.log = log;
    this.expiry = new ExpiryWarning(log, Clock.systemUTC());
    this.files = settings.tls().map(TlsSource::new).orElse(null);
  }

  EtcdSecurity security() {
    return security;
  }

  /**
   * A connection with what the files hold now.
   *
   * @throws EtcdFailure if they hold nothing to connect with, or nobody knows where etcd is
   */
  EtcdConnection connect() {
    List<URI> members = members();
    if (!isSecure(members)) {
      warnOfPlain(members);
      return plain(members);
    }
    return over(members, read());
  }

  /**
   * What the files hold, if that has changed and is whole; empty also without TLS. What is not
   * whole is logged once: somebody may be about to replace them.
   */
  Optional<TlsMaterial> changed() {
    if (files == null || security.isInsecure()) {
      return Optional.empty();
    }
    expiry.look(security.expiries());
    try {
      Optional<TlsMaterial> material = files.readIfChanged();
      material.ifPresent(this::uses);
      return material;
    } catch (TlsException e) {
      String now = String.valueOf(e.getMessage());
      if (!now.equals(problem)) {
        log.warn("{}; going on with those read before", now);
      }
      problem = now;
      return Optional.empty();
    }
  }

  /** A connection with certain keys and certificates. On any thread. */
  EtcdConnection over(TlsMaterial material) {
    return over(members(), material);
  }

  private TlsMaterial read() {
    try {
      TlsMaterial material = files().read();
      uses(material);
      return material;
    } catch (TlsException e) {
      throw new EtcdFailure(EtcdFailure.Kind.CALL, String.valueOf(e.getMessage()), e);
    }
  }

  private TlsSource files() {
    if (files == null) {
      throw new EtcdFailure(
          EtcdFailure.Kind.CALL, "https needs EtcdCaFile (ETCD_CA_CERT_FILE), to know etcd by");
    }
    return files;
  }

  private void uses(TlsMaterial material) {
    problem = "";
    security.uses(material, Clock.systemUTC().instant());
    expiry.changed();
    expiry.look(security.expiries());
  }

  private List<URI> members() {
    return switch (settings.members()) {
      case EtcdMembers.Listed(var endpoints) -> endpoints;
      case EtcdMembers.Discovered discovered -> new SrvRecords().endpoints(discovered);
    };
  }

  private static boolean isSecure(List<URI> members) {
    return members.getFirst().getScheme().equals("https");
  }

  private EtcdConnection over(List<URI> members, TlsMaterial material) {
    security.insecure(false);
    return new JetcdConnection(members, material, settings.login().orElse(null), callLimit);
  }

  private EtcdConnection plain(List<URI> members) {
    security.insecure(true);
    return new JetcdConnection(members, null, settings.login().orElse(null), callLimit);
  }

  private void warnOfPlain(List<URI> members) {
    if (warned) {
      return;
    }
    warned = true;
    log.warn(
        "etcd {} is spoken to over http: whoever is on the way can read and change policy{}{}",
        members,
        settings.login().isPresent() ? ", and read the password" : "",
        settings.tls().isPresent() ? "; the TLS files that are set are not used" : "");
  }
}
