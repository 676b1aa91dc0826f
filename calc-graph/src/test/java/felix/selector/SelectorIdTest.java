package felix.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names must be Felix's: an agent that takes over finds its sets by them. */
class SelectorIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          all()                         ~ s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug
          has(calico)                   ~ s:JMz1aBSYELpr6BzcF1lBPYqOo_qIZc3ufp2_Ww
          (projectcalico.org/namespace == "default" && biz_type == "bookstore") \
          ~ s:c4IpL6mS70u5Bz7-h4cX36OeFQ4tF_bN5LZBdQ
          !(has(b) || !has(a))          ~ s:Iss0uCleLYv1GSv_pNm7hAO58kE9jAx1NKyG3Q
          !(a == "b" && !c != "d")      ~ s:lh3haoY1ikTRkd4UZu0nWSaIBknYLPJLX16d-w
          has(a)                        ~ s:JpRGrxZ4kdS6g7WoF-uG_g7qlh2ipw2zGYBMpQ
          !has(a)                       ~ s:o54_r2fLf2o-LJfoAaKVj8JvPRHKmJA2mXVR7g
          a == "b"                      ~ s:flMh0m0X_BowkAK_W3j3MgH8oQOsj3WxGDoXCQ
          a != "b"                      ~ s:w8cB9lYGgPdxKIznYRyiLzdgqboN8ZbHwER-Sw
          a in {"x", "y"}               ~ s:gSrnDEFVR3CxDEQZzJb9ixSZpe7eM3tOO6L77Q
          a in {}                       ~ s:kb2fVDRrw4GCK1BiCSFIDXY6INw32pzbLrG4dQ
          a not in {"x", "y"}           ~ s:axfCXLSD6bbmHMB1XroxeFIorOEyxrdXSPIs7A
          a contains "b"                ~ s:wfw20Eu5B1vV1Xg5q6m45BnNJZWv3tw5oqc5nw
          a starts with "b"             ~ s:0_mDrlSDd1VefHEzd3W4qIONvihbls9Mq36o2A
          a ends with "b"               ~ s:Kfj4_0Sws3Md6f6TCoZZjXQYTp0-jDa0VQQtjw
          q == 'say "hi"'               ~ s:9E2inywwEXR5QoLPM_nFCFSQIBjXNGZzp3nfJg
          (a == "b" && has(c))          ~ s:a7YG9G3XyFzmdwcUzkbtw0ffcKn8o5bm1xsGyQ
          ((a == "b" && has(c)) || !d == "e") ~ s:tR1BZ2Fgf10at6QLiNLIF2NRESeZXmbP7pC4LQ
          global()                      ~ s:fiJDJdBoaP_zQxty70sMjIrxwAb5lgM6LYCAow
          """)
  void idOfSelector(String canonical, String id) {
    Selector selector = Selector.parse(canonical);
    assertThat(selector.canonical()).isEqualTo(canonical);
    assertThat(selector.id()).isEqualTo(id);
  }

  @Test
  void idOfNamedPort() {
    String selectorId = Selector.parse("has(a)").id();
    assertThat(Selector.namedPortId(selectorId, "tcp", "http"))
        .isEqualTo("n:q0FsJyloGQdV43-MXqPdlFZAlYpKMrQankf_og");
    assertThat(Selector.namedPortId(selectorId, "udp", "dns"))
        .isEqualTo("n:jGpIp0IizJnI0wGF_KRv9FwrIRQLiDXSLWRysg");
  }

  /** Hashed as {@code (has(a) && !!has(b))}, computed with sha224sum. */
  @Test
  void idOfNegatedNegationIsFelixs() {
    Selector selector = Selector.parse("has(a) && !(!has(b))");
    assertThat(selector.canonical()).isEqualTo("(has(a) && !(!has(b)))");
    assertThat(selector.id()).isEqualTo("s:3fLbbpexaLfh98SIVcvkM-ZtCPphDg0R6Anqng");
  }

  @Test
  void labelPrefixGoesBeforeEveryName() {
    String text =
        "has(a) && b == 'x' && c != 'x' && d in {'x'} && e not in {'x'} || f contains 'x'"
            + " || f starts with 'x' || !(f ends with 'x' || all() || global())";
    assertThat(Selector.parse(text).withLabelPrefix("p.").canonical())
        .isEqualTo(
            "((has(p.a) && p.b == \"x\" && p.c != \"x\" && p.d in {\"x\"} && p.e not in {\"x\"})"
                + " || p.f contains \"x\" || p.f starts with \"x\""
                + " || !(p.f ends with \"x\" || all() || global()))");
  }

  @Test
  void exceptIsAndNot() {
    assertThat(Selector.parse("has(a)").except(Selector.parse("!has(b)")))
        .isEqualTo(Selector.parse("(has(a)) && (!(!has(b)))"));
  }
}
