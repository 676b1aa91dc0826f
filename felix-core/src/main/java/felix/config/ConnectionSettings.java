package felix.config;

import java.net.URI;
import java.util.List;

/** The way to the datastore, and what this host is called there. */
public final class ConnectionSettings {
  /** Whether it is there is asked when it is read: it may come later, and be replaced. */
  private static final ValueType<String> FILE = Types.matching("path of a file", "\\P{Cntrl}+");

  public static final Setting<String> DATASTORE_TYPE =
      Setting.of(
              "DatastoreType",
              Types.choice("etcdv3", "kubernetes"),
              "etcdv3",
              "Kind of datastore; only etcdv3 is supported.")
          .localOnly()
          .nonZero()
          .vital();

  public static final Setting<String> FELIX_HOSTNAME =
      Setting.of(
              "FelixHostname",
              Types.HOST_NAME,
              "",
              "Name of this host in the datastore; the kernel's host name in lower case if not set.")
          .localOnly()
          .nonZero();

  public static final Setting<String> ETCD_ADDR =
      Setting.of(
              "EtcdAddr",
              Types.HOST_AND_PORT,
              "127.0.0.1:2379",
              "host:port of etcd; used when EtcdEndpoints is not set.")
          .localOnly();

  public static final Setting<String> ETCD_SCHEME =
      Setting.of("EtcdScheme", Types.choice("http", "https"), "http", "Scheme used with EtcdAddr.")
          .localOnly();

  public static final Setting<List<URI>> ETCD_ENDPOINTS =
      Setting.of(
              "EtcdEndpoints",
              Types.ENDPOINTS,
              "",
              "URLs of etcd's members; take precedence over EtcdAddr and EtcdScheme.")
          .localOnly();

  public static final Setting<String> ETCD_DISCOVERY_SRV =
      Setting.of(
              "EtcdDiscoverySrv",
              Types.HOST_NAME,
              "",
              "Domain whose SRV records (_etcd-client-ssl._tcp, else _etcd-client._tcp) name etcd's"
                  + " members; not together with EtcdEndpoints.")
          .localOnly();

  public static final Setting<String> ETCD_CA_FILE =
      Setting.of(
              "EtcdCaFile",
              FILE,
              "",
              "Certificates (PEM) of the authorities that may vouch for etcd; needed for https.")
          .localOnly();

  public static final Setting<String> ETCD_CERT_FILE =
      Setting.of(
              "EtcdCertFile",
              FILE,
              "",
              "This host's certificate for etcd and those between it and the authority (PEM).")
          .localOnly();

  public static final Setting<String> ETCD_KEY_FILE =
      Setting.of(
              "EtcdKeyFile",
              FILE,
              "",
              "Private key of EtcdCertFile (PEM, not encrypted: PKCS #8, PKCS #1 or SEC 1).")
          .localOnly();

  public static final Setting<String> ETCD_USERNAME =
      Setting.of(
              "EtcdUsername",
              Types.TEXT,
              "",
              "User that etcd knows this agent as; counts only together with EtcdPassword.")
          .localOnly();

  public static final Setting<Secret> ETCD_PASSWORD =
      Setting.of(
              "EtcdPassword",
              Secret.TYPE,
              "",
              "Password of EtcdUsername; better in ETCD_PASSWORD than in a file that all may read.")
          .localOnly()
          .secret();

  static final List<Setting<?>> ALL =
      List.of(
          DATASTORE_TYPE,
          FELIX_HOSTNAME,
          ETCD_ADDR,
          ETCD_SCHEME,
          ETCD_ENDPOINTS,
          ETCD_DISCOVERY_SRV,
          ETCD_CA_FILE,
          ETCD_CERT_FILE,
          ETCD_KEY_FILE,
          ETCD_USERNAME,
          ETCD_PASSWORD);

  private ConnectionSettings() {}
}
