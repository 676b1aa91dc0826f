package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.ResourceUpdate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPoolDecodingTest {
  private static final String PATH = "ippools/default-ipv4-ippool";

  @Test
  void readsWhatOneOnDcosLooksLike() {
    assertThat(
            Decoding.updates(
                PATH,
                """
                {"kind": "IPPool", "metadata": {"name": "default-ipv4-ippool"},
                 "spec": {"cidr": "172.29.0.0/16", "ipipMode": "Never", "vxlanMode": "Always",
                   "natOutgoing": true, "blockSize": 26, "nodeSelector": "all()"}}
                """))
        .containsExactly(
            new ResourceUpdate(
                new IpPoolKey("default-ipv4-ippool"),
                new IpPool(Cidr.parse("172.29.0.0/16"), Encapsulation.VXLAN, false, true)));
  }

  /** The last two are v3.14's, where nobody keeps a pool from having two modes. */
  @ParameterizedTest
  @CsvSource({
    "Never, Never, NONE, false",
    "'', '', NONE, false",
    "Always, Never, IPIP, false",
    "CrossSubnet, '', IPIP, true",
    "Never, Always, VXLAN, false",
    "'', CrossSubnet, VXLAN, true",
    "Always, Always, VXLAN, false",
    "CrossSubnet, Always, VXLAN, true"
  })
  void modesSayHowPacketsAreWrapped(
      String ipip, String vxlan, Encapsulation encapsulation, boolean crossSubnet) {
    IpPool pool =
        Decoding.resource(
            IpPool.class,
            PATH,
            "{\"cidr\": \"10.1.0.0/16\", \"ipipMode\": \"%s\", \"vxlanMode\": \"%s\"}"
                .formatted(ipip, vxlan));

    assertThat(pool)
        .isEqualTo(new IpPool(Cidr.parse("10.1.0.0/16"), encapsulation, crossSubnet, false));
  }

  @ParameterizedTest
  @CsvSource({"always", "ALWAYS", "crossSubnet", "On"})
  void otherWordIsNoModeAndIsListed(String word) {
    Decoded decoded =
        Decoding.decodeSpec(PATH, "{\"cidr\": \"10.1.0.0/16\", \"vxlanMode\": \"" + word + "\"}");

    assertThat(decoded.updates())
        .containsExactly(
            new ResourceUpdate(
                new IpPoolKey("default-ipv4-ippool"),
                new IpPool(Cidr.parse("10.1.0.0/16"), Encapsulation.NONE, false, false)));
    assertThat(Objects.requireNonNull(decoded.problem()).field()).isEqualTo("spec.vxlanMode");
  }

  @Test
  void disabledPoolCounts() {
    assertThat(
            Decoding.resource(
                IpPool.class,
                PATH,
                "{\"cidr\": \"fd00:29::/48\", \"disabled\": true, \"natOutgoing\": true}"))
        .isEqualTo(new IpPool(Cidr.parse("fd00:29::/48"), Encapsulation.NONE, false, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {}                                              ~ spec.cidr
          {"cidr": "10.1.0.0"}                            ~ spec.cidr
          {"cidr": "10.1.0.0/33"}                         ~ spec.cidr
          {"cidr": 10}                                    ~ spec.cidr
          {"cidr": "10.1.0.0/16", "natOutgoing": "yes"}   ~ spec.natOutgoing
          """)
  void poolThatCannotBeUsedIsAbsent(String spec, String field) {
    assertThat(Decoding.problemOfSpec(PATH, spec).field()).isEqualTo(field);
  }
}
