package felix.bench.scale;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster in etcd: services, each with a policy that lets two or three others in; endpoints of
 * these on hosts of sixty, each with a block and a tunnel; all addresses distinct. Every entry is
 * made from its number alone, so none is kept.
 */
final class World {
  static final String HOST = "benchhost";
  static final String HOST_ADDRESS = "192.168.255.1";

  private static final int ENDPOINTS_A_HOST = 60;

  /** Endpoints that let in all that is in production: a set of half of the cluster. */
  private static final int STORES = 10;

  private final Plan plan;
  private final int hosts;

  World(Plan plan) {
    this.plan = plan;
    this.hosts = (plan.remote() + ENDPOINTS_A_HOST - 1) / ENDPOINTS_A_HOST;
  }

  int hosts() {
    return hosts;
  }

  /** Everything, to be written before an agent starts. */
  Stream<Entry> entries() {
    return Stream.of(
            common().stream(),
            IntStream.range(0, hosts).boxed().flatMap(this::host),
            localBlocks(),
            IntStream.range(0, plan.policies()).mapToObj(this::policy),
            IntStream.range(0, plan.local()).mapToObj(i -> Values.endpoint(local(i), labels(i))),
            IntStream.range(0, plan.remote()).mapToObj(i -> remote(i, 0)))
        .flatMap(part -> part);
  }

  /** An endpoint of the host that is measured. Those from {@code plan.local()} on come later. */
  Workload local(int i) {
    return new Workload(HOST, i, Place.local(i + 1));
  }

  /** An endpoint that comes later. */
  Entry comes(int i) {
    return Values.endpoint(local(plan.local() + i), "\"app\":\"new\"");
  }

  /** A policy on the second endpoint that lets the first one in, or does not. */
  Entry gate(boolean open) {
    return Values.policy(
        "gate",
        """
        "order":1,"selector":"app == 'probe1'","types":["Ingress"],"ingress":[{"action":"%s",\
        "protocol":"UDP","source":{"selector":"app == 'probe0'"}}]"""
            .formatted(open ? "Allow" : "Deny"));
  }

  /** An endpoint of another host, in another service with each version. */
  Entry remote(int i, int version) {
    var random = new SplittableRandom(31L * i + version);
    int host = i / ENDPOINTS_A_HOST;
    var place = new Place(host, 1 + i % ENDPOINTS_A_HOST);
    return Values.endpoint(
        new Workload(name(host), 0x10000 + i, place),
        service(random) + (i % 2 == 0 ? ",\"env\":\"prod\"" : ",\"env\":\"dev\""));
  }

  private String labels(int i) {
    if (i < 2) {
      return "\"app\":\"probe" + i + "\"";
    }
    return service(new SplittableRandom(-i))
        + ",\"env\":\"prod\""
        + (i < 2 + STORES ? ",\"role\":\"store\"" : "");
  }

  private String service(SplittableRandom random) {
    return "\"app\":\"svc-" + random.nextInt(plan.policies()) + "\"";
  }

  private Entry policy(int i) {
    var random = new SplittableRandom(7L * i);
    return Values.policy(
        "svc-" + i,
        """
        "order":%d,"selector":"app == 'svc-%d' && env in {'prod', 'dev'}","types":["Ingress"],\
        "ingress":[{"action":"Allow","protocol":"TCP","source":{"selector":\
        "app in {'svc-%d', 'svc-%d'}"},"destination":{"ports":[80,443,"8000:8010"]}},\
        {"action":"Allow","protocol":"UDP","source":{"selector":"app == 'svc-%d' && env == 'prod'"},\
        "destination":{"ports":[53]}}]"""
            .formatted(
                100 + i % 7,
                i,
                random.nextInt(plan.policies()),
                random.nextInt(plan.policies()),
                (i + 1) % plan.policies()));
  }

  private Stream<Entry> host(int i) {
    String address = "192.168." + i / 250 + "." + (i % 250 + 1);
    int used = Math.min(ENDPOINTS_A_HOST, plan.remote() - i * ENDPOINTS_A_HOST) + 1;
    var first = new Place(i, 0);
    return Stream.of(node(name(i), address, first, i), Values.block(first, name(i), used));
  }

  private Stream<Entry> localBlocks() {
    int last = Place.local(plan.local() + plan.rounds()).block();
    return IntStream.rangeClosed(Place.local(0).block(), last)
        .mapToObj(block -> Values.block(new Place(block, 0), HOST, Place.BLOCK_SIZE));
  }

  private List<Entry> common() {
    return List.of(
        Values.resource(
            "ClusterInformation", "clusterinformations/default", "\"datastoreReady\":true"),
        Values.resource(
            "FelixConfiguration",
            "felixconfigurations/default",
            "\"vxlanEnabled\":" + plan.isVxlan()),
        Values.resource(
            "IPPool",
            "ippools/pool",
            """
            "cidr":"%s","vxlanMode":"%s","ipipMode":"Never","natOutgoing":true,"blockSize":26,\
            "nodeSelector":"all()\""""
                .formatted(Place.POOL, plan.isVxlan() ? "Always" : "Never")),
        Values.resource("Tier", "tiers/default", "\"order\":1000000,\"defaultAction\":\"Deny\""),
        Values.resource(
            "Profile",
            "profiles/calico",
            """
            "ingress":[{"action":"Allow"}],"egress":[{"action":"Allow"}],\
            "labelsToApply":{"calico":""}"""),
        Values.policy(
            "stores",
            """
            "order":50,"selector":"role == 'store'","types":["Ingress"],"ingress":[{\
            "action":"Allow","source":{"selector":"env == 'prod'"}}]"""),
        gate(true),
        node(HOST, HOST_ADDRESS, Place.local(0), 0xffff));
  }

  private static Entry node(String name, String address, Place tunnel, int number) {
    return Values.resource(
        "Node",
        "nodes/" + name,
        """
        "bgp":{"ipv4Address":"%s/16"},"ipv4VXLANTunnelAddr":"%s",\
        "vxlanTunnelMACAddr":"66:d2:61:75:%02x:%02x\""""
            .formatted(address, tunnel.address(), number >> 8, number & 255));
  }

  private static String name(int host) {
    return "node" + host;
  }
}
