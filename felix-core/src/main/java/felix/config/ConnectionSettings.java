package felix.config;

import java.net.URI;
import java.util.List;

/** The way to the datastore, and what this host is called there. */
public final class ConnectionSettings {
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

  static final List<Setting<?>> ALL =
      List.of(DATASTORE_TYPE, FELIX_HOSTNAME, ETCD_ADDR, ETCD_SCHEME, ETCD_ENDPOINTS);

  private ConnectionSettings() {}
}
