package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfigurationKey;
import felix.model.IpPoolKey;
import felix.model.IpamBlockKey;
import felix.model.NetworkSetKey;
import felix.model.NodeKey;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rules;
import felix.model.TierKey;
import felix.model.WorkloadEndpointKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathTest {
  private static List<ResourceKey> keysOf(String path) {
    return Decoding.DECODER.deleted(KeyPath.ROOT + path).stream().map(ResourceUpdate::key).toList();
  }

  @Test
  void eachKindHasItsKey() {
    assertThat(keysOf("clusterinformations/default"))
        .containsExactly(new ClusterInformationKey(), FelixConfigurationKey.OF_CLUSTER);
    assertThat(keysOf("felixconfigurations/default"))
        .containsExactly(new FelixConfigurationKey("default"));
    assertThat(keysOf("felixconfigurations/node.10.0.3.7"))
        .containsExactly(new FelixConfigurationKey("node.10.0.3.7"));
    assertThat(keysOf("tiers/platform")).containsExactly(new TierKey("platform"));
    assertThat(keysOf("globalnetworksets/rfc1918"))
        .containsExactly(new NetworkSetKey("", "rfc1918"));
    assertThat(keysOf("networksets/default/partners"))
        .containsExactly(new NetworkSetKey("default", "partners"));
    assertThat(keysOf("ippools/default-ipv4-ippool"))
        .containsExactly(new IpPoolKey("default-ipv4-ippool"));
    assertThat(keysOf("nodes/10.0.3.7")).containsExactly(new NodeKey("10.0.3.7"));
  }

  @ParameterizedTest
  @CsvSource({
    "ipv4/block/172.29.7.64-26, 172.29.7.64/26",
    "ipv4/block/10.0.0.1-32, 10.0.0.1/32",
    "ipv6/block/fd00:29:0:1::-122, fd00:29:0:1::/122"
  })
  void blocksHaveARootOfTheirOwn(String path, String cidr) {
    assertThat(Decoding.DECODER.deleted(KeyPath.BLOCKS + path))
        .containsExactly(new ResourceUpdate(new IpamBlockKey(Cidr.parse(cidr)), null));
  }

  /** Two keys of one block would take it from each other; and one of all is a default route. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ipv4/block/172.29.7.65-26",
        "ipv4/block/172.29.7.64-33",
        "ipv4/block/172.29.7.64",
        "ipv4/block/172.29.7.64/26",
        "ipv4/block/x",
        "ipv4/block/0.0.0.0-0",
        "ipv6/block/::-0",
        "ipv6/block/fd00:0::-122",
        "ipv6/block/FD00::-122"
      })
  void otherNamesAreNoBlocks(String path) {
    Decoded decoded = Decoding.DECODER.decode(KeyPath.BLOCKS + path, "{}".getBytes(UTF_8));
    assertThat(decoded.updates()).isEmpty();
    assertThat(Decoding.DECODER.deleted(KeyPath.BLOCKS + path)).isEmpty();
  }

  @Test
  void profileIsRulesAndLabels() {
    assertThat(keysOf("profiles/calico"))
        .containsExactly(new ProfileRulesKey("calico"), new ProfileLabelsKey("calico"));
  }

  @Test
  void policiesKeepTheirStoredNames() {
    assertThat(keysOf("networkpolicies/default/default.shop-db"))
        .containsExactly(new PolicyKey(PolicyKind.NETWORK_POLICY, "default", "default.shop-db"));
    assertThat(keysOf("networkpolicies/default/shop-db"))
        .containsExactly(new PolicyKey(PolicyKind.NETWORK_POLICY, "default", "shop-db"));
    assertThat(keysOf("globalnetworkpolicies/default.block-ssh"))
        .containsExactly(new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "default.block-ssh"));
  }

  @Test
  void endpointNamesAreSplitAtSingleDashes() {
    assertThat(keysOf("workloadendpoints/default/10.0.0.5-cni-3f2a-eth0"))
        .containsExactly(new WorkloadEndpointKey("10.0.0.5", "cni", "default/3f2a", "eth0"));
    assertThat(keysOf("workloadendpoints/team-a/node--2-k8s-web--7c9-eth0"))
        .containsExactly(new WorkloadEndpointKey("node-2", "k8s", "team-a/web-7c9", "eth0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/calico/resources/v3/projectcalico.org/",
        "/calico/resources/v3/projectcalico.org/profiles",
        "/calico/resources/v3/projectcalico.org/profiles/",
        "/calico/resources/v3/projectcalico.org/profiles/a/b",
        "/calico/resources/v3/projectcalico.org/networkpolicies/web",
        "/calico/resources/v3/projectcalico.org/networkpolicies//web",
        "/calico/resources/v3/projectcalico.org/networkpolicies/default/",
        "/calico/resources/v3/projectcalico.org/networkpolicies/default/web/x",
        "/calico/resources/v3/projectcalico.org/felixconfigurations/other",
        "/calico/resources/v3/projectcalico.org/felixconfigurations/node.",
        "/calico/resources/v3/projectcalico.org/clusterinformations/other",
        "/calico/resources/v3/projectcalico.org/stagednetworkpolicies/default/web",
        "/calico/resources/v3/projectcalico.org/bgppeers/a",
        "/calico/resources/v3/projectcalico.org/foos/a",
        "/calico/resources/v3/crd.projectcalico.org/profiles/a",
        "/calico/resources/v3/projectcalico.org/ipamblocks/10.0.0.0-26",
        "/calico/ipam/v2/handle/x",
        "/calico/ipam/v2/host/node1/ipv4/block/10.0.0.0-26",
        "/calico/ipam/v2/config",
        "/calico/ipam/v2/assignment/",
        "/calico/ipam/v2/assignment/ipv4/block",
        "/calico/ipam/v2/assignment/ipv5/block/10.0.0.0-26",
        "/calico/ipam/v2/assignment/ipv6/block/10.0.0.0-26",
        "/calico/ipam/v2/assignment/ipv4/block/fd00::-122",
        "/calico/ipam/v2/assignment/ipv4/blocks/10.0.0.0-26",
        "/registry/pods/default/x"
      })
  void otherKeysAreNotOurs(String key) {
    assertThat(Decoding.DECODER.decode(key, new byte[] {(byte) 0xff})).isEqualTo(Decoded.NOTHING);
    assertThat(Decoding.DECODER.deleted(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workloadendpoints/default/web",
        "workloadendpoints/default/a-b-c",
        "workloadendpoints/default/a-b-c-d-e",
        "workloadendpoints/default/-b-c-d",
        "workloadendpoints/default/a-b-c-",
        "workloadendpoints/de fault/a-b-c-d",
        "profiles/a b",
        "profiles/\u00e9",
        "tiers/a\"b",
        "globalnetworkpolicies/x\n-A INPUT -j ACCEPT",
        "networkpolicies/de'fault/web"
      })
  void impossibleNamesAreQuarantinedAndWereNeverThere(String path) {
    Decoded decoded = Decoding.decode(path, "{}");
    assertThat(decoded.updates()).isEmpty();
    Quarantined problem = requireNonNull(decoded.problem());
    assertThat(problem.field()).startsWith("metadata.name");
    assertThat(problem.toString()).matches("[ -~]+");
    assertThat(Decoding.DECODER.deleted(KeyPath.ROOT + path)).isEmpty();
  }

  @Test
  void builtInProfileIsNeverReadFromTheDatastore() {
    assertThat(ResourceDecoder.builtIn())
        .containsExactly(
            new ResourceUpdate(
                new ProfileRulesKey("projectcalico-default-allow"), Rules.ALLOW_ALL));
    String path = "profiles/projectcalico-default-allow";
    assertThat(Decoding.decodeSpec(path, "{}")).isEqualTo(Decoded.NOTHING);
    assertThat(keysOf(path)).isEmpty();
  }
}
