package felix.agent;

import felix.config.ConnectionSettings;
import felix.config.FelixConfig;
import felix.config.Secret;
import felix.config.Setting;
import felix.config.Source;
import felix.datastore.EtcdLogin;
import felix.datastore.EtcdMembers;
import felix.datastore.EtcdSettings;
import felix.datastore.tls.TlsFile;
import felix.datastore.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way to etcd, from the configuration. */
final class EtcdRecords {
  private EtcdRecords() {}

  static EtcdSettings etcd(FelixConfig config) {
    Optional<TlsFiles> tls = tls(config);
    return new EtcdSettings(members(config, tls.isPresent()), tls, login(config));
  }

  /**
   * A file's EtcdAddr comes before the endpoints that all of Calico's programs are told of, as in
   * Felix, and those before EtcdAddr from anywhere else.
   */
  private static EtcdMembers members(FelixConfig config, boolean secure) {
    List<URI> endpoints = config.get(ConnectionSettings.ETCD_ENDPOINTS);
    String domain = config.get(ConnectionSettings.ETCD_DISCOVERY_SRV);
    boolean addressOfFile = config.source(ConnectionSettings.ETCD_ADDR) == Source.FILE;
    if (!domain.isEmpty() && (!endpoints.isEmpty() || addressOfFile)) {
      throw new IllegalArgumentException(
          "EtcdDiscoverySrv (ETCD_DISCOVERY_SRV) and "
              + (endpoints.isEmpty() ? "EtcdAddr" : "EtcdEndpoints (ETCD_ENDPOINTS)")
              + " are both set: only one of them can say where etcd is");
    }
    if (!domain.isEmpty()) {
      return new EtcdMembers.Discovered(domain, secure);
    }
    boolean endpointsOfCalico =
        config.source(ConnectionSettings.ETCD_ENDPOINTS) == Source.CALICO_ENVIRONMENT;
    if (!endpoints.isEmpty() && !(addressOfFile && endpointsOfCalico)) {
      return new EtcdMembers.Listed(endpoints);
    }
    String scheme = config.get(ConnectionSettings.ETCD_SCHEME);
    String address = config.get(ConnectionSettings.ETCD_ADDR);
    return new EtcdMembers.Listed(List.of(URI.create(scheme + "://" + address)));
  }

  /** Empty if no file is named. */
  private static Optional<TlsFiles> tls(FelixConfig config) {
    Optional<TlsFile> authorities = file(config, ConnectionSettings.ETCD_CA_FILE);
    Optional<TlsFile> certificate = file(config, ConnectionSettings.ETCD_CERT_FILE);
    Optional<TlsFile> key = file(config, ConnectionSettings.ETCD_KEY_FILE);
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          certificate.isPresent()
              ? "EtcdCertFile (ETCD_CERT_FILE) is set, but not EtcdKeyFile (ETCD_KEY_FILE)"
              : "EtcdKeyFile (ETCD_KEY_FILE) is set, but not EtcdCertFile (ETCD_CERT_FILE)");
    }
    if (certificate.isPresent() && authorities.isEmpty()) {
      throw new IllegalArgumentException(
          "EtcdCertFile (ETCD_CERT_FILE) is set, but not EtcdCaFile (ETCD_CA_CERT_FILE)");
    }
    return authorities.map(
        ca -> new TlsFiles(ca, certificate.map(c -> new TlsFiles.Identity(c, key.orElseThrow()))));
  }

  private static Optional<TlsFile> file(FelixConfig config, Setting<String> setting) {
    String path = config.get(setting);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new TlsFile(setting.name(), Path.of(path)));
  }

  /** As in Felix a user without a password is none. */
  private static Optional<EtcdLogin> login(FelixConfig config) {
    String user = config.get(ConnectionSettings.ETCD_USERNAME);
    Secret password = config.get(ConnectionSettings.ETCD_PASSWORD);
    return user.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(new EtcdLogin(user, password));
  }
}
