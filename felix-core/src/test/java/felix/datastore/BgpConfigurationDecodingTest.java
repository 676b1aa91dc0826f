package felix.datastore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
import felix.model.Cidr;
import felix.model.ResourceUpdate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BgpConfigurationDecodingTest {
  private static final String PATH = "bgpconfigurations/default";

  @Test
  void readsTheNetworksOfServices() {
    assertThat(
            Decoding.updates(
                PATH,
                """
                {"kind": "BGPConfiguration", "metadata": {"name": "default"},
                 "spec": {"asNumber": 64512, "nodeToNodeMeshEnabled": true,
                   "serviceClusterIPs": [{"cidr": "10.96.0.0/12"}, {"cidr": "fd00:96::/108"}],
                   "serviceExternalIPs": [{"cidr": "192.0.2.7/24"}, {"cidr": ""}, {}],
                   "serviceLoadBalancerIPs": [{"cidr": "198.51.100.7"}]}}
                """))
        .containsExactly(
            new ResourceUpdate(
                new BgpConfigurationKey(),
                new BgpConfiguration(
                    List.of(
                        Cidr.parse("10.96.0.0/12"),
                        Cidr.parse("fd00:96::/108"),
                        Cidr.parse("192.0.2.0/24"),
                        Cidr.parse("198.51.100.7/32")))));
  }

  @Test
  void configurationOfOneNodeIsNotRead() {
    assertThat(Decoding.decodeSpec("bgpconfigurations/node.10.0.0.1", "{}"))
        .isEqualTo(Decoded.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          "serviceExternalIPs": "x"               ~ spec.serviceExternalIPs
          "serviceExternalIPs": ["10.0.0.0/8"]    ~ spec.serviceExternalIPs[0]
          "serviceExternalIPs": [{"cidr": 1}]     ~ spec.serviceExternalIPs[0].cidr
          "serviceLoadBalancerIPs": [{"cidr": "10.0.0.0/33"}] ~ spec.serviceLoadBalancerIPs[0].cidr
          """)
  void badBlockIsLeftOutAndNamed(String field, String path) {
    Decoded decoded =
        Decoding.decodeSpec(
            PATH, "{\"serviceClusterIPs\": [{\"cidr\": \"10.96.0.0/12\"}], %s}".formatted(field));
    assertThat(decoded.updates().getFirst().value())
        .isEqualTo(new BgpConfiguration(List.of(Cidr.parse("10.96.0.0/12"))));
    assertThat(requireNonNull(decoded.problem()).field()).isEqualTo(path);
  }
}
