package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.ResourceUpdate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeDecodingTest {
  private static final String PATH = "nodes/10.0.3.7";

  private static final String WHOLE =
      """
      {"bgp": {"ipv4Address": "%s", "ipv6Address": "%s", "ipv4IPIPTunnelAddr": "%s",
         "asNumber": 64512},
       "ipv4VXLANTunnelAddr": "%s", "vxlanTunnelMACAddr": "%s", "orchRefs": []}
      """;

  private static final Node NODE =
      new Node(
          new HostAddress(Ip.parse("10.0.3.7"), 24),
          new HostAddress(Ip.parse("fd00::7"), 120),
          Ip.parse("172.29.7.64"),
          Ip.parse("172.29.7.65"),
          MacAddress.parse("66:12:34:56:78:9a"));

  private static Node node(String spec) {
    return Decoding.resource(Node.class, PATH, spec);
  }

  @Test
  void readsWhatAHostSaysOfItself() {
    String spec =
        WHOLE.formatted(
            "10.0.3.7/24", "fd00::7/120", "172.29.7.64", "172.29.7.65", "66:12:34:56:78:9A");

    assertThat(Decoding.updates(PATH, "{\"kind\": \"Node\", \"spec\": " + spec + "}"))
        .containsExactly(new ResourceUpdate(new NodeKey("10.0.3.7"), NODE));
  }

  @Test
  void addressKeepsItsHostBitsAndNeedsNoPrefix() {
    assertThat(node("{\"bgp\": {\"ipv4Address\": \"10.0.3.7/8\"}}").ipv4())
        .isEqualTo(new HostAddress(Ip.parse("10.0.3.7"), 8));
    assertThat(node("{\"bgp\": {\"ipv4Address\": \"10.0.3.7\"}}").ipv4())
        .isEqualTo(new HostAddress(Ip.parse("10.0.3.7"), 32));
    assertThat(node("{\"bgp\": {\"ipv6Address\": \"fd00::7\"}}").ipv6())
        .isEqualTo(new HostAddress(Ip.parse("fd00::7"), 128));
  }

  @Test
  void hostThatSaysNothingIsStillAHost() {
    var nothing = new Node(null, null, null, null, null);

    assertThat(node("{}")).isEqualTo(nothing);
    assertThat(node("{\"bgp\": null, \"ipv4VXLANTunnelAddr\": \"\"}")).isEqualTo(nothing);
    assertThat(node("{\"bgp\": {\"ipv4Address\": null, \"ipv4IPIPTunnelAddr\": \"\"}}"))
        .isEqualTo(nothing);
  }

  @ParameterizedTest
  @CsvSource({"66-12-34-56-78-9a", "6612.3456.789a", "66:12:34:56:78:9a"})
  void readsMacsAsGoDoes(String text) {
    assertThat(node("{\"vxlanTunnelMACAddr\": \"" + text + "\"}").vxlanTunnelMac())
        .isEqualTo(NODE.vxlanTunnelMac());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10.0.3.7/33, spec.bgp.ipv4Address",
    "0, 10.0.3.7/, spec.bgp.ipv4Address",
    "0, autodetect, spec.bgp.ipv4Address",
    "0, fd00::7, spec.bgp.ipv4Address",
    "0, 0.0.0.0, spec.bgp.ipv4Address",
    "0, 127.0.0.1/8, spec.bgp.ipv4Address",
    "0, 224.0.0.1/24, spec.bgp.ipv4Address",
    "0, 255.255.255.255, spec.bgp.ipv4Address",
    "1, 10.0.3.7, spec.bgp.ipv6Address",
    "1, ::, spec.bgp.ipv6Address",
    "1, ::1/64, spec.bgp.ipv6Address",
    "1, ff02::1, spec.bgp.ipv6Address",
    "2, 172.29.7.64/32, spec.bgp.ipv4IPIPTunnelAddr",
    "2, fd00::7, spec.bgp.ipv4IPIPTunnelAddr",
    "3, 172.29.7, spec.ipv4VXLANTunnelAddr",
    "3, 239.0.0.1, spec.ipv4VXLANTunnelAddr",
    "4, 66:12:34:56:78, spec.vxlanTunnelMACAddr",
    "4, 00:00:00:00:00:00, spec.vxlanTunnelMACAddr",
    "4, 01:00:5e:00:00:01, spec.vxlanTunnelMACAddr",
    "4, x, spec.vxlanTunnelMACAddr"
  })
  void badFieldIsAbsentAndListedAndTheOthersCount(int bad, String text, String field) {
    String[] fields = {
      "10.0.3.7/24", "fd00::7/120", "172.29.7.64", "172.29.7.65", "66:12:34:56:78:9a"
    };
    fields[bad] = text;
    Decoded decoded = Decoding.decodeSpec(PATH, WHOLE.formatted((Object[]) fields));

    assertThat(decoded.updates())
        .containsExactly(
            new ResourceUpdate(
                new NodeKey("10.0.3.7"),
                new Node(
                    bad == 0 ? null : NODE.ipv4(),
                    bad == 1 ? null : NODE.ipv6(),
                    bad == 2 ? null : NODE.ipipTunnelAddress(),
                    bad == 3 ? null : NODE.vxlanTunnelAddress(),
                    bad == 4 ? null : NODE.vxlanTunnelMac())));
    Quarantined problem = Objects.requireNonNull(decoded.problem());
    assertThat(problem.key()).isEqualTo(KeyPath.ROOT + PATH);
    assertThat(problem.field()).isEqualTo(field);
  }

  @Test
  void moreBadFieldsAreCounted() {
    Decoded decoded =
        Decoding.decodeSpec(
            PATH, "{\"bgp\": {\"ipv4Address\": 7}, \"ipv4VXLANTunnelAddr\": [], \"x\": 1}");

    assertThat(decoded.problem())
        .isEqualTo(
            new Quarantined(
                KeyPath.ROOT + PATH,
                "spec.bgp.ipv4Address",
                "expected a string, found 7, and 1 more"));
  }

  @Test
  void partThatIsNoObjectTakesOnlyItsFieldsAway() {
    Decoded decoded =
        Decoding.decodeSpec(PATH, "{\"bgp\": [], \"ipv4VXLANTunnelAddr\": \"172.29.7.65\"}");

    assertThat(decoded.updates())
        .containsExactly(
            new ResourceUpdate(
                new NodeKey("10.0.3.7"),
                new Node(null, null, null, NODE.vxlanTunnelAddress(), null)));
    assertThat(decoded.problem()).isNotNull();
  }

  @Test
  void valueThatIsNoNodeIsAbsent() {
    assertThat(Decoding.problem(PATH, "{\"spec\": 1}").field()).isEqualTo("spec");
    assertThat(Decoding.problem(PATH, "{\"kind\": \"Profile\"}").field()).isEqualTo("kind");
  }
}
