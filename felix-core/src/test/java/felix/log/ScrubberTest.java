package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubberTest {
  private final Scrubber scrubber = new Scrubber(List.of("correct horse", "abc"));

  @ParameterizedTest
  @CsvSource({
    "'plain, with = \"signs\" \\ and é ü 漢 😀', 'plain, with = \"signs\" \\ and é ü 漢 😀'",
    "'bad\n2026-01-01 ERROR forged', 'bad\\n2026-01-01 ERROR forged'",
    "'a\r\nb\tc', 'a\\r\\nb\\tc'",
    "'\u001b[2J\u009b31m\u0007\u007f', '\\u001b[2J\\u009b31m\\u0007\\u007f'",
    "'abc\u202efdp.exe\u2066\u200b\ufeff', 'abc\\u202efdp.exe\\u2066\\u200b\\ufeff'",
    "'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'",
    "'\ud83dx\ude00', '\\ud83dx\\ude00'",
    "'the correct horse runs', 'the *** runs'",
    "'https://root:pass@10.0.0.1:2379, x', 'https://***@10.0.0.1:2379, x'",
    "'http://host/path mail@example.com', 'http://host/path mail@example.com'"
  })
  void whatIsSeenIsWhatIsThere(String text, String scrubbed) {
    assertThat(scrubber.scrub(text)).isEqualTo(scrubbed);
  }

  @Test
  void anythingHasAnEnd() {
    assertThat(scrubber.scrub("x".repeat(1_000_000)))
        .hasSizeLessThan(Scrubber.LONGEST + 50)
        .endsWith("x… (991808 characters more)");
  }

  @Test
  void aSecretIsNotCutInTwo() {
    String text = "x".repeat(Scrubber.LONGEST - 5) + "correct horse";
    assertThat(scrubber.scrub(text)).doesNotContain("corre");
  }

  @RepeatedTest(5)
  void noTextMakesTwoLinesOrMovesTheCursor(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int j = 0; j < 20; j++) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
      }
      assertThat(scrubber.scrub(text.toString()))
          .as("of %s, seed %d", text, repetition.getCurrentRepetition())
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
    }
  }
}
