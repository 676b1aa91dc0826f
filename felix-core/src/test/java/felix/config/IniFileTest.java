package felix.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IniFileTest {
  private static Map<String, String> values(String text) {
    return IniFile.parse(text).values();
  }

  @Test
  void nameInTwoSectionsIsNoticed() {
    assertThat(IniFile.parse("[a]\nA = 1\nB = 1\nB = 2\n[b]\na = 2\n[a]\nB = 3").repeated())
        .containsExactly("a");
  }

  @Test
  void sectionsMeanNothing() {
    assertThat(
            values(
                """
                First = 1
                [global]
                MetadataAddr = None
                [per-host]
                First: 2
                """))
        .isEqualTo(Map.of("First", "2", "MetadataAddr", "None"));
  }

  @Test
  void commentsEndValuesUnlessQuoted() {
    assertThat(
            values(
                """
                # a comment
                ; another
                A = a;b
                B = "a;b" # c
                C = 'x # y'
                D = `q`
                E = \"""two "words\"""
                F =
                """))
        .isEqualTo(
            Map.of("A", "a", "B", "a;b", "C", "x # y", "D", "q", "E", "two \"words", "F", ""));
  }

  @Test
  void firstDelimiterCounts() {
    assertThat(values("A: b=c\nD = tcp:22")).isEqualTo(Map.of("A", "b=c", "D", "tcp:22"));
  }

  @Test
  void backslashJoinsLines() {
    assertThat(values("A = tcp:22,\\\n    udp:53\nB = 1"))
        .isEqualTo(Map.of("A", "tcp:22,udp:53", "B", "1"));
  }

  @Test
  void backslashJoinsNothingToAComment() {
    assertThat(values("# once C:\\\nA = 1\n[a section] \\\nB = 2"))
        .isEqualTo(Map.of("A", "1", "B", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A = 1\njust words", "A = 1\n= 3", "A = 1\n[open"})
  void refusesOtherLinesByNumber(String text) {
    assertThatThrownBy(() -> IniFile.parse(text))
        .isInstanceOf(IniFile.SyntaxException.class)
        .hasMessageStartingWith("line 2: ");
  }
}
