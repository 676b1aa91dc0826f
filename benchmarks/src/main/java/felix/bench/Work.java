package felix.bench;

import felix.model.Ip;
import felix.model.NetworkSet;
import felix.model.NetworkSetKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.Rules;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The clusters that Felix's own benchmarks of the calculation graph are made of. */
public enum Work {
  /** 250,000 endpoints, 200 of them local, and 10,000 policies that share 29 selectors. */
  TAG_POLICIES {
    @Override
    List<ResourceUpdate> updates(int part) {
      var world = new World();
      for (int i = 0; i < 10_000 / part; i++) {
        world.addPolicy("", "tag-policy-" + i, "has(" + TaggedEndpoints.marker(i) + ")", rules(i));
      }
      TaggedEndpoints.add(world, 250_000 / part, Math.max(1, 200 / part));
      return world.updates();
    }
  },

  /** 10,000 endpoints, 200 of them local, and 1,000 policies of all, each for one network set. */
  NETWORK_SETS {
    private static final int[] SIZES = {1, 1, 1, 1, 2, 3, 4, 5, 100, 1000};

    @Override
    List<ResourceUpdate> updates(int part) {
      var world = new World();
      TaggedEndpoints.add(world, 10_000 / part, Math.max(1, 200 / part));
      for (int i = 0; i < 1_000 / part; i++) {
        var name = "network-set-" + i;
        var labels = world.labels(Map.of("network-set-name", name));
        world.add(
            new NetworkSetKey("", name),
            new NetworkSet(world.networks(SIZES[i % SIZES.length]), List.of(), labels));
        Rule allow = World.allowFrom("network-set-name == \"" + name + "\"");
        world.addPolicy(
            "", "network-set-policy-" + i, "all()", new Rules(List.of(allow), List.of()));
      }
      return world.updates();
    }
  },

  /**
   * 10,000 namespaces, each with one endpoint of 15 labels and a policy that allows the namespace
   * itself and DNS; 100 endpoints are local.
   */
  ISOLATED_CUSTOMERS {
    @Override
    List<ResourceUpdate> updates(int part) {
      var world = new World();
      int namespaces = 10_000 / part;
      int local = Math.max(1, 100 / part);
      for (int i = 0; i < namespaces; i++) {
        var namespace = "customer-" + i;
        var profile = "kns." + namespace;
        world.addProfile(profile, Customers.profileLabels(i, namespace));
        world.addPolicy(namespace, "isolation", selector(namespace), rules(namespace));
        world.addEndpoint(
            i % (namespaces / local) == 0 ? World.LOCAL_HOST : World.REMOTE_HOST,
            namespace + "/app-%09x-%05x".formatted(i * 7 + 3, i * 17 + 5 & 0xffff),
            profile,
            Customers.labels(i));
      }
      return world.updates();
    }

    private String selector(String namespace) {
      return Customers.NAMESPACE_LABEL + " == \"" + namespace + "\"";
    }

    private Rules rules(String namespace) {
      Rule dns = World.allowTo(Ip.parse("10.96.0.10").toCidr(), 53);
      String own = selector(namespace);
      return new Rules(List.of(World.allowFrom(own)), List.of(World.allowTo(own), dns));
    }
  };

  private static final int RULES_A_POLICY = 5;

  /** All of the cluster, or that part of it, which is for trying out only. */
  abstract List<ResourceUpdate> updates(int part);

  /** Five rules, the markers taken in turn. */
  static Rules rules(int number) {
    List<Rule> ingress =
        IntStream.range(number, number + RULES_A_POLICY)
            .mapToObj(i -> World.allowFrom("has(" + TaggedEndpoints.marker(i) + ")"))
            .toList();
    return new Rules(ingress, List.of());
  }
}
