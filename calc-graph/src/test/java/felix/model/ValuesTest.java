package felix.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values that are read from text. */
final class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "TCP, tcp, 6",
    "ICMPv6, icmpv6, 58",
    "udplite, udplite, 136",
    "17, 17, 17",
    "255, 255, 255"
  })
  void protocolIsNameOrNumber(String text, String written, int number) {
    assertThat(Protocol.parse(text)).isEqualTo(new Protocol(written, number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gre", "0", "256", "1000", "-1", "tcp "})
  void otherProtocolsAreRefused(String text) {
    assertThatThrownBy(() -> Protocol.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void macAddressComesBackAsWritten() {
    assertThat(MacAddress.parse("EE:01:00:ff:00:09")).hasToString("ee:01:00:ff:00:09");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ee:ee:ee:ee:ee",
        "ee:ee:ee:ee:ee:ee:ee",
        "eeeeeeeeeeee",
        "ee-ee-ee-ee-ee-ee",
        "gg:00:00:00:00:00"
      })
  void otherMacAddressesAreRefused(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void policiesOfOneOrderSortByWhatChainsAreNamedAfter() {
    var global = new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "b");
    var namespaced = new PolicyKey(PolicyKind.NETWORK_POLICY, "a", "z");
    var later = new PolicyKey(PolicyKind.NETWORK_POLICY, "c", "a");

    assertThat(List.of(later, global, namespaced).stream().sorted())
        .containsExactly(namespaced, global, later);
  }

  @Test
  void shownTextIsShortAndPrintable() {
    assertThat(Shown.of("a\u001b[31m\nb\u00e9")).isEqualTo("a?[31m?b?");
    assertThat(Shown.of("x".repeat(1_000))).hasSize(83);
  }
}
