package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Crossing.Seen;
import felix.lab.Probe;
import felix.lab.Workload;
import felix.lab.World;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What few endpoints and services ask for beside policy, which allows everything here: floating
 * IPs, sources of others, marks, and that nobody gets packets to services that nobody serves.
 */
@Tag("packets")
class WorkloadExtrasTest {
  /** The addresses of one IP version. */
  enum Family {
    V4(
        "172.29.1.1",
        "172.29.1.2",
        "192.0.2.77",
        "203.0.113.5",
        "10.77.1.1",
        "10.78.1.1",
        "10.96.1.1"),
    V6(
        "fd00:77::1",
        "fd00:77::2",
        "2001:db8::77",
        "2001:db8:5::5",
        "fd00:7777::1",
        "fd00:7878::1",
        "fd00:96::1");

    final String asker;
    final String other;
    final String floating;
    final String outside;
    final String spoofable;
    final String forged;
    final String service;

    Family(String... addresses) {
      this.asker = addresses[0];
      this.other = addresses[1];
      this.floating = addresses[2];
      this.outside = addresses[3];
      this.spoofable = addresses[4];
      this.forged = addresses[5];
      this.service = addresses[6];
    }
  }

  private static final Workload ASKER = workload(1, Family.V4.asker, Family.V6.asker);
  private static final Workload OTHER = workload(2, Family.V4.other, Family.V6.other);

  private static final String EXTRAS =
      """
      , "ipNATs": [{"internalIP": "172.29.1.1", "externalIP": "192.0.2.77"},
                   {"internalIP": "fd00:77::1", "externalIP": "2001:db8::77"}],
      "allowSpoofedSourcePrefixes": ["10.77.0.0/16", "fd00:7777::/64"],
      "qosControls": {"dscp": "EF"}
      """;

  private static final int EF = 46;

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  private static Workload workload(int number, String ip, String ip6) {
    return new Workload("cali%07x".formatted(number), ip, "02:00:00:00:00:0" + number, ip6);
  }

  private static Resource endpoint(Workload workload, String extras) {
    var name = "node1-k8s-" + workload.iface() + "-eth0";
    return new Resource(
        Example.RESOURCES + "workloadendpoints/default/" + name,
        """
        {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "%1$s", "namespace": "default", "labels": {"projectcalico.org/orchestrator": "k8s"}},
         "spec": {"orchestrator": "k8s", "node": "node1", "pod": "%2$s", "endpoint": "eth0", "profiles": ["calico"],
           "interfaceName": "%2$s", "mac": "%3$s", "ipNetworks": ["%4$s/32", "%5$s/128"]%6$s}}
        """
            .formatted(
                name, workload.iface(), workload.mac(), workload.ip(), workload.ip6(), extras));
  }

  private static Resource services(String field) {
    return new Resource(
        Example.RESOURCES + "bgpconfigurations/default",
        """
        {"kind": "BGPConfiguration", "apiVersion": "projectcalico.org/v3", "metadata": {"name": "default"},
         "spec": {"%s": [{"cidr": "10.96.0.0/16"}, {"cidr": "fd00:96::/108"}]}}
        """
            .formatted(field));
  }

  abstract static class Cases extends OneLab {
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.set("FELIX_IPV6SUPPORT", "true");
      lab.set("FELIX_WORKLOADSOURCESPOOFING", "Any");
      // what an interface to come would drop by itself
      lab.node()
          .shell()
          .run("sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=1");
      lab.load(
          new World.State(
              Resource.map(
                  Stream.of(
                      Resource.CLUSTER,
                      Resource.PROFILE,
                      Resource.pool("four", "172.29.0.0/16", "\"ipipMode\": \"Never\""),
                      Resource.pool("six", "fd00:77::/64", "\"natOutgoing\": true"),
                      endpoint(ASKER, EXTRAS),
                      endpoint(OTHER, ""))),
              List.of(ASKER, OTHER),
              List.of(),
              Set.of()));
    }

    private Optional<Seen> udp(String from, String to, String receiver) {
      return lab.crosses(from, Probe.udp(from, to, 53), receiver);
    }

    private Optional<Seen> forged(String sender, String source, String to) {
      return lab.crosses(sender, Probe.udp(source, to, 53), to);
    }

    private void put(Resource resource) {
      lab.etcd().put(resource.key(), resource.value());
      lab.settle();
    }

    @ParameterizedTest
    @EnumSource
    void aFloatingIpIsReachedFromOutsideAndFromOtherWorkloads(Family f) {
      for (var from : List.of(f.outside, f.other)) {
        assertThat(udp(from, f.floating, f.asker)).contains(seen(from, f.asker, 0));
      }
    }

    @ParameterizedTest
    @EnumSource
    void whoSendsToHisOwnFloatingIpHearsHimselfFromThere(Family f) {
      assertThat(udp(f.asker, f.floating, f.asker)).contains(seen(f.floating, f.asker, 0));
    }

    @ParameterizedTest
    @EnumSource
    void whatItSendsElsewhereKeepsItsAddressWithinTheCluster(Family f) {
      assertThat(udp(f.asker, f.other, f.other)).contains(seen(f.asker, f.other, 0));
    }

    /** The pool of IPv6 has outgoing NAT, that of IPv4 has none. */
    @ParameterizedTest
    @EnumSource
    void whatLeavesTheClusterIsMarkedAndHasTheAddressThatItsPoolSays(Family f) {
      assertThat(udp(f.asker, f.outside, f.outside))
          .contains(seen(outward(f, f.asker), f.outside, EF));
      assertThat(udp(f.other, f.outside, f.outside))
          .contains(seen(outward(f, f.other), f.outside, 0));
    }

    private static String outward(Family f, String own) {
      return f == Family.V4 ? own : "fd00:64::10.65.0.1";
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhoMaySendsFromAddressesThatAreNotHis(Family f) {
      assertThat(forged(f.asker, f.spoofable, f.other)).isPresent();
      assertThat(forged(f.asker, f.forged, f.other)).as("not in the list").isEmpty();
      assertThat(forged(f.asker, f.other, f.outside)).as("another's").isEmpty();
      assertThat(forged(f.other, f.spoofable, f.asker)).as("not in his").isEmpty();
      assertThat(forged(f.other, f.other, f.asker)).as("his own").isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void packetsToServicesThatNobodyServesAreNotSentBack(Family f) {
      assertThat(udp(f.outside, f.service, f.outside)).as("the router sends it here").isPresent();
      for (var field :
          List.of("serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs")) {
        put(services(field));
        assertThat(udp(f.outside, f.service, f.outside)).as(field).isEmpty();
        assertThat(udp(f.asker, f.service, f.outside)).as(field).isEmpty();
        assertThat(udp(f.outside, f.asker, f.asker)).as(field).isPresent();
      }
      lab.etcd().delete(services("").key());
      lab.settle();
      assertThat(udp(f.outside, f.service, f.outside)).isPresent();
    }

    /** Neighbour discovery of the workload passes though packets to the host are dropped. */
    @Test
    void aWorkloadFindsItsGatewayByIpv6() {
      var shell = lab.node().shell(OTHER);
      shell.run("ip -6 neigh flush dev eth0");
      shell.run("ping -6 -q -n -c 1 -w 10 " + Family.V6.asker);
      assertThat(shell.attempt("ping -6 -q -n -c 1 -w 2 fd00:64::10.65.0.1").exit())
          .as("the host itself does not answer")
          .isNotZero();
      assertThat(lab.node().shell().run("ip -6 neigh show nud permanent dev " + OTHER.iface()))
          .contains(Family.V6.other + " lladdr " + OTHER.mac());
      assertThat(
              lab.node()
                  .shell()
                  .run("cat /proc/sys/net/ipv6/conf/%s/proxy_ndp".formatted(OTHER.iface())))
          .isEqualTo("1\n");
    }

    @Test
    void whatIsAskedForNoLongerEnds() {
      put(endpoint(ASKER, ""));
      try {
        for (var f : Family.values()) {
          assertThat(udp(f.outside, f.floating, f.asker)).as("floating IP").isEmpty();
          assertThat(forged(f.asker, f.spoofable, f.other)).as("spoofing").isEmpty();
          assertThat(udp(f.asker, f.outside, f.outside).map(Seen::dscp)).contains(0);
        }
        assertThat(lab.kernelState()).doesNotContain("192.0.2.77", "2001:db8::77", "dscp");
        assertThat(
                lab.node()
                    .shell()
                    .run("cat /proc/sys/net/ipv4/conf/%s/rp_filter".formatted(ASKER.iface())))
            .isEqualTo("1\n");
      } finally {
        put(endpoint(ASKER, EXTRAS));
      }
    }

    private static Seen seen(String from, String to, int dscp) {
      return new Seen(canonical(from), canonical(to), dscp);
    }

    private static String canonical(String ip) {
      return InetAddress.ofLiteral(ip).getHostAddress();
    }
  }
}
