package felix.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixDatagramSenderTest {
  @TempDir Path folder;

  @Test
  void datagramsArriveAsTheyWereSent() throws Exception {
    assertThat(received(folder.resolve("socket").toString())).isEqualTo("one|two \u00e9");
  }

  @Test
  void namesOutsideOfTheFileSystemWork() throws Exception {
    assertThat(received("@felix-test-" + ProcessHandle.current().pid()))
        .isEqualTo("one|two \u00e9");
  }

  @Test
  void nobodyToReceiveIsAnError() throws IOException {
    try (var sender = UnixDatagramSender.to(folder.resolve("nobody").toString())) {
      assertThatThrownBy(() -> sender.send(new byte[] {1})).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "relative/path", "/with\0zero"})
  void whatIsNoPathIsRefused(String path) {
    assertThatThrownBy(() -> UnixDatagramSender.to(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no path");
  }

  /** What a receiver there gets, by other code than ours: Perl's. */
  private static String received(String path) throws Exception {
    var receiver =
        new ProcessBuilder(
                "perl",
                "-MSocket",
                "-e",
                """
                $| = 1;
                $ARGV[0] =~ s/^@/\\0/;
                my $s;
                socket($s, AF_UNIX, SOCK_DGRAM, 0) && bind($s, pack_sockaddr_un($ARGV[0])) || die $!;
                print "bound\\n";
                print join("|", map { recv($s, my $got, 100, 0); $got } 1 .. 2), "\\n";
                """,
                path)
            .start();
    try (var output = receiver.inputReader(StandardCharsets.UTF_8);
        var sender = UnixDatagramSender.to(path)) {
      assertThat(output.readLine()).isEqualTo("bound");
      sender.send("one".getBytes(StandardCharsets.UTF_8));
      sender.send("two \u00e9".getBytes(StandardCharsets.UTF_8));
      return output.readLine();
    } finally {
      receiver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
