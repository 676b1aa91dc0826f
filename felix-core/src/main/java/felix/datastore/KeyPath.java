package felix.datastore;

import felix.model.BgpConfigurationKey;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpointKey;
import felix.model.IpPoolKey;
import felix.model.IpamBlockKey;
import felix.model.NetworkSetKey;
import felix.model.NodeKey;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.ResourceKey;
import felix.model.TierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a resource in etcd, taken apart.
 *
 * @param namespace empty if the kind has none
 * @param name as stored
 */
public record KeyPath(ResourceKind kind, String namespace, String name) {
  /** What the keys of all resources begin with. */
  public static final String ROOT = "/calico/resources/v3/projectcalico.org/";

  /** What the keys of the blocks of IP pools begin with; they sort before all resources. */
  static final String BLOCKS = "/calico/ipam/v2/assignment/";

  static final List<String> ROOTS = List.of(BLOCKS, ROOT);

  /** A profile that every cluster has without storing it. */
  static final String DEFAULT_ALLOW_PROFILE = "projectcalico-default-allow";

  /**
   * Takes a key apart.
   *
   * @return null if it is none of a resource that Felix reads; its value does not matter then
   */
  public static @Nullable KeyPath parse(String key) {
    if (key.startsWith(BLOCKS)) {
      return block(key.substring(BLOCKS.length()));
    }
    if (!key.startsWith(ROOT)) {
      return null;
    }
    int plural = key.indexOf('/', ROOT.length());
    ResourceKind kind =
        plural < 0 ? null : ResourceKind.byPlural().get(key.substring(ROOT.length(), plural));
    if (kind == null) {
      return null;
    }
    int slash = kind.namespaced() ? key.indexOf('/', plural + 1) : plural;
    if (slash < 0 || key.indexOf('/', slash + 1) >= 0) {
      return null;
    }
    String name = key.substring(slash + 1);
    String namespace = slash == plural ? "" : key.substring(plural + 1, slash);
    boolean empty = name.isEmpty() || (kind.namespaced() && namespace.isEmpty());
    return empty || !isRead(kind, name) ? null : new KeyPath(kind, namespace, name);
  }

  /**
   * The keys of what this resource becomes.
   *
   * @throws BadValueException if the name cannot be that of such a resource
   */
  List<ResourceKey> resourceKeys() {
    return switch (kind) {
      case BGP_CONFIGURATION -> List.of(new BgpConfigurationKey());
      case CLUSTER_INFORMATION ->
          List.of(new ClusterInformationKey(), FelixConfigurationKey.OF_CLUSTER);
      case FELIX_CONFIGURATION -> List.of(new FelixConfigurationKey(name));
      case GLOBAL_NETWORK_POLICY -> List.of(policyKey(PolicyKind.GLOBAL_NETWORK_POLICY));
      case NETWORK_POLICY -> List.of(policyKey(PolicyKind.NETWORK_POLICY));
      case GLOBAL_NETWORK_SET, NETWORK_SET ->
          List.of(new NetworkSetKey(Names.checkedNamespace(namespace), Names.checkedName(name)));
      case HOST_ENDPOINT -> List.of(new HostEndpointKey(Names.checkedName(name)));
      case IPAM_BLOCK -> List.of(new IpamBlockKey(BlockName.parse(name)));
      case IP_POOL -> List.of(new IpPoolKey(Names.checkedName(name)));
      case NODE -> List.of(new NodeKey(Names.checkedName(name)));
      case PROFILE -> {
        String profile = Names.checkedName(name);
        yield List.of(new ProfileRulesKey(profile), new ProfileLabelsKey(profile));
      }
      case TIER -> List.of(new TierKey(Names.checkedName(name)));
      case WORKLOAD_ENDPOINT ->
          List.of(EndpointName.parse(Names.checkedNamespace(namespace), name));
    };
  }

  /** {@code ipv4/block/<name>}, or {@code ipv6}, as the name says. */
  private static @Nullable KeyPath block(String path) {
    int name = path.lastIndexOf('/') + 1;
    String family = path.indexOf(':', name) < 0 ? "ipv4" : "ipv6";
    return path.startsWith(family + "/block/") && name == (family + "/block/").length()
        ? new KeyPath(ResourceKind.IPAM_BLOCK, "", path.substring(name))
        : null;
  }

  private PolicyKey policyKey(PolicyKind policyKind) {
    return new PolicyKey(policyKind, Names.checkedNamespace(namespace), Names.checkedName(name));
  }

  private static boolean isRead(ResourceKind kind, String name) {
    return switch (kind) {
      case BGP_CONFIGURATION, CLUSTER_INFORMATION -> name.equals("default");
      case FELIX_CONFIGURATION ->
          name.equals("default") || (name.startsWith("node.") && name.length() > "node.".length());
      case IPAM_BLOCK -> false; // has a root of its own
      case PROFILE -> !name.equals(DEFAULT_ALLOW_PROFILE);
      case GLOBAL_NETWORK_POLICY,
          GLOBAL_NETWORK_SET,
          HOST_ENDPOINT,
          IP_POOL,
          NETWORK_POLICY,
          NETWORK_SET,
          NODE,
          TIER,
          WORKLOAD_ENDPOINT ->
          true;
    };
  }
}
