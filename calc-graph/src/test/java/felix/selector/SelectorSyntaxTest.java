package felix.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          all( )                          ~ all()
          global(\t)                      ~ global()
          has( a )                        ~ has(a)
          a=='b'                          ~ a == "b"
          q == 'say "hi"'                 ~ q == 'say "hi"'
          a == "it's \\"                  ~ a == "it's \\"
          a == ""                         ~ a == ""
          a contains"b"                   ~ a contains "b"
          a startswith 'b'                ~ a starts with "b"
          a ends \t with 'b'              ~ a ends with "b"
          a in{'y','x',"y",}              ~ a in {"x", "y"}
          a in { }                        ~ a in {}
          a notin {'x'}                   ~ a not in {"x"}
          a not   in {'x'}                ~ a not in {"x"}
          ((a == "b"))                    ~ a == "b"
          !a == "b"                       ~ !a == "b"
          ! ! !has(a)                     ~ !has(a)
          !!has(a)                        ~ has(a)
          !(!has(a))                      ~ !(!has(a))
          a=="b"&&c=="d"                  ~ (a == "b" && c == "d")
          has(a) || has(b) && !has(c)     ~ (has(a) || (has(b) && !has(c)))
          (has(a) && has(b)) && has(c)    ~ ((has(a) && has(b)) && has(c))
          has(a) && has(b) && has(c)      ~ (has(a) && has(b) && has(c))
          !(has(a)||has(b))               ~ !(has(a) || has(b))
          in == "x"                       ~ in == "x"
          has == "x" && all == "y"        ~ (has == "x" && all == "y")
          contains contains "x"           ~ contains contains "x"
          not not in {"x"}                ~ not not in {"x"}
          a.b/c-d_E9 == "x"               ~ a.b/c-d_E9 == "x"
          """)
  void readsAndWritesCanonically(String text, String canonical) {
    assertThat(Selector.parse(text).canonical()).isEqualTo(canonical);
    assertThat(Selector.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t  "})
  void emptyTextIsAll(String text) {
    assertThat(Selector.parse(text)).isEqualTo(new Selector.All());
  }

  @Test
  void setValuesAreSortedByUtf8Bytes() {
    assertThat(Selector.parse("a in {'\uD83D\uDE00', '\uFF5E', 'z', 'B', 'ba', 'b'}"))
        .isEqualTo(new Selector.In("a", List.of("B", "b", "ba", "z", "\uFF5E", "\uD83D\uDE00")));
  }

  /** v3.14 reads these as one token each, with any white space in it. */
  @ParameterizedTest
  @ValueSource(strings = {"has(\na\r\n)", "all(\n)", "a not\nin {}", "a starts\nwith 'b'"})
  void lineEndsInsideOfATokenAreBlanks(String text) {
    assertThat(Selector.parse(text).canonical()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a = \"b\"",
        "a == b",
        "\"a\" == \"b\"",
        "a == \"b\" c == \"d\"",
        "a == \"b\" &&",
        "&& a == \"b\"",
        "a & b",
        "(a == \"b\"",
        "a == \"b\")",
        "has (a)",
        "has()",
        "has(\"a\")",
        "has(a,b)",
        "has(a",
        "all(x)",
        "all",
        "all (",
        "global(x)",
        "a in \"b\"",
        "a in {b}",
        "a in [\"b\"]",
        "a in {,}",
        "a in {'x',,'y'}",
        "a in {'x' 'y'}",
        "a in {'x'",
        "a not contains \"b\"",
        "a > \"1\"",
        "a == \"b\" and c == \"d\"",
        "a in",
        "a$ == \"b\"",
        "a ==\n\"b\"",
        "a b",
        "a has(b)",
        "a containsfoo",
        "a inx {}",
        "a in-x",
        "HAS(a)",
        "a IN {'x'}",
        "a == \"b",
        "a == 5",
        "()",
        "!",
        "a | b",
        "a == 'x' || || b == 'y'",
        "a == '\uD800'",
        "\u00e9 == 'x'",
        "\u0000"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Selector.parse(text)).isInstanceOf(SelectorSyntaxException.class);
  }

  @Test
  void labelsHaveAtMost512Characters() {
    String longest = "a".repeat(512);
    assertThat(Selector.parse("has(" + longest + ")")).isEqualTo(new Selector.Has(longest));
    assertThatThrownBy(() -> Selector.parse("has(" + longest + "a)"))
        .isInstanceOf(SelectorSyntaxException.class);
    assertThatThrownBy(() -> Selector.parse(longest + "a == 'x'"))
        .isInstanceOf(SelectorSyntaxException.class);
  }

  @Test
  void messageSaysWhereAndWhatWasExpected() {
    assertThatThrownBy(() -> Selector.parse("a == 'b' &&\n"))
        .hasMessage("bad selector 'a == 'b' &&?' at character 12: expected a label");
    assertThatThrownBy(() -> Selector.parse("has(a) has(b)"))
        .hasMessage("bad selector 'has(a) has(b)' at character 8: expected &&, || or the end");
  }

  @Test
  void messageStaysShort() {
    var e =
        catchThrowableOfType(
            SelectorSyntaxException.class, () -> Selector.parse("(".repeat(100_000)));
    assertThat(e.position()).isEqualTo(100_000);
    assertThat(e.getMessage()).hasSizeLessThan(250);
  }
}
