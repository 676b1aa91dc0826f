package felix.datastore;

import felix.model.Cidr;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfigurationKey;
import felix.model.IpamBlockKey;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes resources of what etcd holds. Total: any key and any bytes give resources, nothing or a
 * reason; never an exception. Any thread.
 */
public final class ResourceDecoder {
  /** What a key now holds. */
  public Decoded decode(String key, byte[] value) {
    KeyPath path = KeyPath.parse(key);
    if (path == null) {
      return Decoded.NOTHING;
    }
    List<ResourceKey> keys = List.of();
    var leftOut = new LeftOut();
    try {
      keys = path.resourceKeys();
      List<ResourceUpdate> updates = updates(path, keys, JsonReader.read(value), leftOut);
      return new Decoded(updates, leftOut.of(key));
    } catch (BadValueException e) {
      return new Decoded(absent(keys), new Quarantined(key, e.field(), e.reason()));
    }
  }

  /** What it means that a key is gone. */
  public List<ResourceUpdate> deleted(String key) {
    KeyPath path = KeyPath.parse(key);
    if (path == null) {
      return List.of();
    }
    try {
      return absent(path.resourceKeys());
    } catch (BadValueException e) {
      return List.of(); // was nothing before either
    }
  }

  /**
   * Resources that every cluster has without storing them. They belong into every snapshot; no
   * other update has their keys.
   */
  public static List<ResourceUpdate> builtIn() {
    return List.of(
        new ResourceUpdate(new ProfileRulesKey(KeyPath.DEFAULT_ALLOW_PROFILE), Rules.ALLOW_ALL));
  }

  private static List<ResourceUpdate> updates(
      KeyPath path, List<ResourceKey> keys, Json json, LeftOut leftOut) {
    checkKind(path.kind(), json);
    return switch (path.kind()) {
      case BGP_CONFIGURATION -> single(keys, BgpConfigurationDecoder.decode(json, leftOut));
      case CLUSTER_INFORMATION -> cluster(json);
      case FELIX_CONFIGURATION -> single(keys, ConfigurationDecoder.felixConfiguration(json));
      case GLOBAL_NETWORK_POLICY -> single(keys, PolicyDecoder.global(json));
      case NETWORK_POLICY -> single(keys, PolicyDecoder.namespaced(json, path.namespace()));
      case GLOBAL_NETWORK_SET -> single(keys, NetworkSetDecoder.global(json));
      case NETWORK_SET -> single(keys, NetworkSetDecoder.namespaced(json, path.namespace()));
      case HOST_ENDPOINT -> single(keys, HostEndpointDecoder.decode(json, leftOut));
      case IPAM_BLOCK -> {
        Cidr cidr = ((IpamBlockKey) keys.getFirst()).cidr();
        yield single(keys, IpamBlockDecoder.decode(json, cidr, leftOut));
      }
      case IP_POOL -> single(keys, IpPoolDecoder.decode(json, leftOut));
      case NODE -> single(keys, NodeDecoder.decode(json, leftOut));
      case TIER -> single(keys, TierDecoder.decode(json));
      case WORKLOAD_ENDPOINT -> single(keys, WorkloadEndpointDecoder.decode(json, leftOut));
      case PROFILE -> profile(((ProfileRulesKey) keys.getFirst()).profile(), json);
    };
  }

  private static List<ResourceUpdate> single(List<ResourceKey> keys, @Nullable Resource value) {
    return List.of(new ResourceUpdate(keys.getFirst(), value));
  }

  private static List<ResourceUpdate> profile(String name, Json json) {
    return List.of(
        new ResourceUpdate(new ProfileRulesKey(name), ProfileDecoder.rules(json)),
        new ResourceUpdate(new ProfileLabelsKey(name), ProfileDecoder.labels(json)));
  }

  private static List<ResourceUpdate> cluster(Json json) {
    return List.of(
        new ResourceUpdate(
            new ClusterInformationKey(), ConfigurationDecoder.clusterInformation(json)),
        new ResourceUpdate(
            FelixConfigurationKey.OF_CLUSTER, ConfigurationDecoder.clusterSettings(json)));
  }

  private static void checkKind(ResourceKind expected, Json json) {
    Json kind = json.get("kind");
    if (!kind.is(expected.text()) && !kind.textOr(expected.text()).equals(expected.text())) {
      throw kind.bad("expected " + expected.text() + ", found " + kind.shown());
    }
  }

  private static List<ResourceUpdate> absent(List<ResourceKey> keys) {
    return keys.stream().map(key -> new ResourceUpdate(key, null)).toList();
  }
}
