package felix.selector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the datastore holds is parsed or refused, soon and with little stack. */
class HostileSelectorTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long STACK_BYTES = 384 << 10;

  @Test
  void idleParenthesesDoNotCount() throws Exception {
    assertThat(use("(".repeat(100_000) + "has(a)" + ")".repeat(100_000))).isEqualTo("has(a)");
  }

  @Test
  void openParenthesesAreRefused() throws Exception {
    assertThat(use("(".repeat(100_000))).contains("expected a label");
    assertThat(use("(".repeat(100_000) + "has(a)")).contains("expected )");
  }

  @Test
  void manyNotsCollapse() throws Exception {
    assertThat(use("!".repeat(100_000) + "has(a)")).isEqualTo("has(a)");
    assertThat(use("!".repeat(100_001) + "has(a)")).isEqualTo("!has(a)");
  }

  @Test
  void deepTreesAreRefused() throws Exception {
    String tooDeep = "expected an expression of at most 200 levels";
    assertThat(use("!(".repeat(50_000) + "has(a)" + ")".repeat(50_000))).contains(tooDeep);
    assertThat(use("(has(a)&&".repeat(50_000) + "has(a)" + ")".repeat(50_000))).contains(tooDeep);
    assertThat(use("(".repeat(50_000) + "has(a)" + "&&has(a))".repeat(50_000))).contains(tooDeep);
  }

  @Test
  void deepestTreeParsesBackFromItsCanonicalText() throws Exception {
    String text = "(!".repeat(99) + "has(a)" + " && has(b))".repeat(99);
    assertThat(use(text)).isEqualTo(text);
    assertThat(use("!" + text)).isEqualTo("!" + text);
    assertThat(use("has(b) && !" + text)).contains("at most 200 levels");
  }

  @Test
  void wideSelectorsArePossible() throws Exception {
    assertThat(use("has(a) " + "|| has(a)".repeat(10_000))).hasSizeGreaterThan(90_000);
    assertThat(use("a in {" + "'0123456789',".repeat(80_000) + "}"))
        .isEqualTo("a in {\"0123456789\"}");
    var values = new StringBuilder("a in {");
    for (int i = 0; values.length() < 1_000_000; i++) {
      values.append('\'').append(Integer.toHexString(i * 0x9E3779B9)).append("',");
    }
    assertThat(use(values.append('}').toString())).hasSizeGreaterThan(1_000_000);
  }

  @Test
  void randomTextIsParsedOrRefused() throws Exception {
    String[] words = {
      "a",
      " ",
      "==",
      "!=",
      "'x'",
      "\"",
      "'",
      "has(",
      "all()",
      ")",
      "(",
      "!",
      "&&",
      "||",
      "in",
      "{",
      "}",
      ",",
      "not",
      "contains",
      "starts",
      "with",
      "\uD800",
      "\n",
      "\\",
      "global()",
      "=",
      "&"
    };
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(words[random.nextInt(words.length)]);
      }
      try {
        Selector.parse(text.toString());
      } catch (SelectorSyntaxException e) {
        assertThat(e.position()).as("seed %d", seed).isBetween(0, text.length());
      }
    }
  }

  /** The canonical text, or the message of the refusal; found on a thread with a small stack. */
  private static String use(String text) throws Exception {
    var result = new AtomicReference<String>("");
    var fault = new AtomicReference<@Nullable Throwable>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                Selector selector = new Parser(text).parse();
                selector.matches(label -> "v");
                assertThat(selector.id()).hasSize(40);
                assertThat(selector.withLabelPrefix("p.").hashCode()).isNotZero();
                result.set(selector.canonical());
              } catch (SelectorSyntaxException e) {
                result.set(e.getMessage());
              }
            },
            "small-stack",
            STACK_BYTES);
    thread.setUncaughtExceptionHandler((t, e) -> fault.set(e));
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          thread.start();
          thread.join();
        });
    assertThat(fault.get()).isNull();
    return requireNonNull(result.get());
  }
}
