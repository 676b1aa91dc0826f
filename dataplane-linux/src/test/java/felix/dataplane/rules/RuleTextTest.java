package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.model.PortRange;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTextTest {
  private static final Rule DROP = Rule.of(new Action.Drop());

  @Test
  void equalRulesInOtherPlacesHaveOtherHashes() {
    var first = RuleText.render(new Chain("cali-a", List.of(DROP, DROP)));
    var second = RuleText.render(new Chain("cali-b", List.of(DROP)));
    assertThat(List.of(first.get(0).hash(), first.get(1).hash(), second.get(0).hash()))
        .doesNotHaveDuplicates()
        .allMatch(hash -> hash.length() == 16);
  }

  @Test
  void hashStandsInFrontOfOtherComments() {
    var rule = RuleText.render(new Chain("cali-a", List.of(DROP.withComment("why")))).getFirst();
    assertThat(rule.spec())
        .isEqualTo(
            "-m comment --comment \"cali:"
                + rule.hash()
                + "\" -m comment --comment \"why\" --jump DROP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\"b", "a\nb", "a\\b", "a$b", "a`b", "a\u0000b", "aüb", "a'b", "a;b", "a*b"})
  void commentCannotEndItsQuotation(String comment) {
    assertThat(spec(DROP.withComment(comment))).contains("--comment \"a_b\" --jump DROP");
  }

  @Test
  void commentsAreCutAndOnlySoManyAreKept() {
    var rule =
        new Rule(List.of(), new Action.Drop(), Collections.nCopies(1_000, "x".repeat(9_999)));
    assertThat(spec(rule)).contains("\"" + "x".repeat(256) + "\"").hasSizeLessThan(5_000);
  }

  @Test
  void emptyCommentIsLeftOut() {
    assertThat(spec(DROP.withComment(""))).doesNotContain("\"\"");
  }

  @Test
  void logPrefixIsMadeSafe() {
    assertThat(new LogPrefix("it's \"odd\"\nand far too long for a kernel").text())
        .isEqualTo("it_s _odd__and far too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "eth0\"", "-e\n", "name-of-16-chars", "cal+i", "ü0"})
  void namesThatAreNoInterfaceNamesAreRefused(String name) {
    assertThatThrownBy(() -> new Match.InInterface(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreThanFifteenSlotsAreRefused() {
    var ports = Collections.nCopies(8, new PortRange(1, 2));
    assertThatThrownBy(() -> new Match.OfPorts(Side.SOURCE, ports, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void markMaskNeedsFourBits() {
    assertThat(MarkBits.fromMask(0x80000107)).isEqualTo(new MarkBits(1, 2, 4, 0x100));
    assertThatThrownBy(() -> MarkBits.fromMask(0x700))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x700");
  }

  private static String spec(Rule rule) {
    return RuleText.render(new Chain("cali-a", List.of(rule))).getFirst().spec();
  }
}
