package felix.bench;

import felix.model.Cidr;
import felix.model.EntityMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Labels;
import felix.model.NetworkSet;
import felix.model.NetworkSetKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of endpoints, a fiftieth of them local, network sets a tenth as many, and for each set
 * a policy of all endpoints that allows it in. With 10,000 endpoints it is the work "NetworkSets"
 * that Felix's own benchmark does.
 */
final class NetworkSetsWorld {
  static final String HOST = "host-0";
  private static final int HOSTS = 50;
  private static final int ENDPOINTS_PER_SET = 10;
  private static final int[] SET_SIZES = {1, 1, 1, 1, 2, 3, 4, 5, 100, 1000};

  private NetworkSetsWorld() {}

  static List<ResourceUpdate> of(int endpoints) {
    var updates = new ArrayList<ResourceUpdate>();
    IntStream.range(0, endpoints).forEach(i -> updates.add(endpoint(i)));
    for (int i = 0; i < endpoints / ENDPOINTS_PER_SET; i++) {
      updates.add(networkSet(i));
      updates.add(policy(i));
    }
    return updates;
  }

  private static ResourceUpdate endpoint(int number) {
    var key =
        new WorkloadEndpointKey("host-" + number % HOSTS, "k8s", "default/pod-" + number, "eth0");
    var address = new Ip(IpVersion.V4, 0, 0x0a000000L + number).toCidr();
    return put(
        key,
        new WorkloadEndpoint(
            "cali" + number,
            List.of(address),
            null,
            List.of(),
            List.of(),
            Labels.of(Map.of("number", "" + number)),
            WorkloadExtras.NONE));
  }

  private static ResourceUpdate networkSet(int number) {
    int size = SET_SIZES[number % SET_SIZES.length];
    List<Cidr> nets =
        IntStream.range(0, size)
            .mapToObj(i -> new Ip(IpVersion.V4, 0, 0x0b000000L + number * 1024L + i).toCidr())
            .toList();
    var labels = Labels.of(Map.of("network-set-name", "network-set-" + number));
    return put(new NetworkSetKey("", "set-" + number), new NetworkSet(nets, List.of(), labels));
  }

  private static ResourceUpdate policy(int number) {
    var source =
        new EntityMatch(
            "network-set-name == \"network-set-" + number + "\"",
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    var allow =
        new Rule(
            RuleAction.ALLOW,
            null,
            null,
            null,
            null,
            null,
            source,
            EntityMatch.ANY,
            List.of(),
            RuleOrigin.NONE);
    var rules = new Rules(List.of(allow), List.of());
    return put(
        new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "policy-" + number),
        new Policy("default", null, "all()", true, false, PolicyStage.TRACKED, false, rules));
  }

  private static ResourceUpdate put(ResourceKey key, @Nullable Resource value) {
    return new ResourceUpdate(key, value);
  }
}
