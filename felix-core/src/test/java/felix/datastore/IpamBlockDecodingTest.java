package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.ResourceUpdate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpamBlockDecodingTest {
  private static final String KEY = KeyPath.BLOCKS + "ipv4/block/172.29.7.64-26";
  private static final IpamBlockKey BLOCK = new IpamBlockKey(Cidr.parse("172.29.7.64/26"));

  private static Decoded decode(String key, String json) {
    return Decoding.DECODER.decode(key, json.getBytes(UTF_8));
  }

  /** With the host 10.0.3.7 and attributes of that host, of node-2, and of nobody. */
  private static Decoded ofAllocations(String allocations) {
    return decode(
        KEY,
        """
        {"cidr": "172.29.7.64/26", "affinity": "host:10.0.3.7", "allocations": [%s],
         "attributes": [{"handle_id": "a", "secondary": {"node": "10.0.3.7"}},
           {"handle_id": "b", "secondary": {"node": "node-2", "type": "vxlanTunnelAddress"}},
           {"handle_id": "c", "secondary": {"note": "reserved"}},
           {"handle_id": "d", "secondary": {"node": "no name"}},
           {"handle_id": "e"}, null]}
        """
            .formatted(allocations));
  }

  private static ResourceUpdate block(String host, Map<Ip, String> elsewhere) {
    return new ResourceUpdate(BLOCK, new IpamBlock(host, elsewhere));
  }

  @Test
  void keepsTheAddressesThatOtherHostsUse() {
    Decoded decoded = ofAllocations("0,null,1,2,4,5,1");

    assertThat(decoded.updates())
        .containsExactly(
            block(
                "10.0.3.7",
                Map.of(Ip.parse("172.29.7.66"), "node-2", Ip.parse("172.29.7.70"), "node-2")));
    assertThat(decoded.problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"\"", "\"host:\"", "\"virtual:load-balancer\"", "\"HOST:node-2\""})
  void blockOfNoHostIsThatOfItsAddresses(String affinity) {
    Decoded decoded =
        decode(
            KEY,
            """
            {"cidr": "172.29.7.64/26", "affinity": %s, "hostAffinity": "node-1",
             "allocations": [0], "attributes": [{"secondary": {"node": "node-2"}}]}
            """
                .formatted(affinity));

    assertThat(decoded.updates())
        .containsExactly(
            new ResourceUpdate(
                BLOCK, new IpamBlock(null, Map.of(Ip.parse("172.29.7.64"), "node-2"))));
    assertThat(decoded.problem()).isNull();
  }

  @Test
  void deletedMeansNothingWhileTheKeyIsThere() {
    assertThat(
            decode(
                    KEY,
                    "{\"cidr\": \"172.29.7.64/26\", \"affinity\": \"host:a\", \"deleted\": true}")
                .updates())
        .containsExactly(block("a", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          6,1      ~ allocations[0]
          -1,1     ~ allocations[0]
          "0",1    ~ allocations[0]
          1.0,1    ~ allocations[0]
          99999999999999,1 ~ allocations[0]
          3,1      ~ attributes[3].secondary.node
          """)
  void addressThatCannotBeUsedIsLeftOutAndListed(String allocations, String field) {
    Decoded decoded = ofAllocations(allocations);

    assertThat(decoded.updates())
        .containsExactly(block("10.0.3.7", Map.of(Ip.parse("172.29.7.65"), "node-2")));
    assertThat(Objects.requireNonNull(decoded.problem()).field()).isEqualTo(field);
  }

  @Test
  void addressesBeyondTheBlockAreLeftOut() {
    String allocations = "1" + ",null".repeat(62) + ",1,1,1";
    Decoded decoded = ofAllocations(allocations);

    assertThat(decoded.updates())
        .containsExactly(
            block(
                "10.0.3.7",
                Map.of(Ip.parse("172.29.7.64"), "node-2", Ip.parse("172.29.7.127"), "node-2")));
    assertThat(Objects.requireNonNull(decoded.problem()).field()).isEqualTo("allocations[64]");
  }

  @Test
  void readsBlocksOfIpv6() {
    assertThat(
            decode(
                    KeyPath.BLOCKS + "ipv6/block/fd00:29:0:1::40-122",
                    """
                    {"cidr": "fd00:29:0:1::40/122", "affinity": "host:a", "allocations": [null, 0],
                     "attributes": [{"secondary": {"node": "b"}}]}
                    """)
                .updates())
        .containsExactly(
            new ResourceUpdate(
                new IpamBlockKey(Cidr.parse("fd00:29:0:1::40/122")),
                new IpamBlock("a", Map.of(Ip.parse("fd00:29:0:1::41"), "b"))));
  }

  @Test
  void largestBlockOfCalicoIsReadWhole() {
    assertThat(elsewhere("ipv4/block/10.1.0.0-20", "10.1.0.0/20", 4096))
        .hasSize(4096)
        .containsEntry(Ip.parse("10.1.15.255"), "b");
  }

  /** A value may be that long; what becomes of it must not be. */
  @Test
  void blockOfMillionsOfAddressesIsCut() {
    assertThat(elsewhere("ipv6/block/fd00::-96", "fd00::/96", 1_000_000)).hasSize(65_536);
    assertThat(elsewhere("ipv4/block/10.0.0.0-8", "10.0.0.0/8", 1_000_000)).hasSize(65_536);
  }

  private static Map<Ip, String> elsewhere(String name, String cidr, int allocations) {
    String all = String.join(",", Collections.nCopies(allocations, "0"));
    Decoded decoded =
        decode(
            KeyPath.BLOCKS + name,
            "{\"cidr\": \"%s\", \"allocations\": [%s], \"attributes\": [%s]}"
                .formatted(cidr, all, "{\"secondary\": {\"node\": \"b\"}}"));
    assertThat(decoded.updates().getFirst().value()).isInstanceOf(IpamBlock.class);
    return ((IpamBlock) Objects.requireNonNull(decoded.updates().getFirst().value())).elsewhere();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {}                                                        ~ cidr
          {"cidr": "172.29.7.0/26"}                                 ~ cidr
          {"cidr": "172.29.7.64/27"}                                ~ cidr
          {"cidr": "172.29.7.64/26", "affinity": 7}                 ~ affinity
          {"cidr": "172.29.7.64/26", "affinity": "host:a b"}        ~ affinity
          {"cidr": "172.29.7.64/26", "allocations": {}}             ~ allocations
          {"cidr": "172.29.7.64/26", "attributes": 1}               ~ attributes
          """)
  void blockThatCannotBeUsedIsAbsent(String json, String field) {
    Decoded decoded = decode(KEY, json);

    assertThat(decoded.updates()).containsExactly(new ResourceUpdate(BLOCK, null));
    assertThat(Objects.requireNonNull(decoded.problem()).field()).isEqualTo(field);
  }
}
