package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.FelixCfg;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** rpf-check reads felix.cfg without the agent's classes, and must see the same. */
class SameFileTest {
  private static final String[] PIECES = {
    "IgnoreLooseRPF",
    "a",
    "B",
    " ",
    "\t",
    "=",
    ":",
    "#",
    ";",
    "\n",
    "\r\n",
    "\\",
    "\\\n",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "'",
    "`",
    "true",
    "\u00e9"
  };

  @RepeatedTest(20)
  void bothReadersSeeTheSame(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int pieces = random.nextInt(25); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThat(ofRpfCheck(text.toString()))
          .as("of <%s>", text)
          .isEqualTo(ofAgent(text.toString()));
    }
  }

  @Test
  void theFileOfDcos() {
    String text = "[global]\nIgnoreLooseRPF = True ; DC/OS\nLogFilePath=None\n";
    assertThat(ofRpfCheck(text)).isEqualTo(ofAgent(text)).containsEntry("ignorelooserpf", "True");
  }

  private static Map<String, String> ofAgent(String text) {
    var values = new TreeMap<String, String>();
    try {
      IniFile.parse(text)
          .values()
          .forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    } catch (IniFile.SyntaxException e) {
      return Map.of("", "no such file");
    }
    return values;
  }

  private static Map<String, String> ofRpfCheck(String text) {
    try {
      return FelixCfg.parse(text);
    } catch (IOException e) {
      return Map.of("", "no such file");
    }
  }
}
