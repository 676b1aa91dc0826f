package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent with a standard output that nobody reads, a log file on a full disk and no syslog,
 * logging all it can: policy is programmed all the same.
 */
@Tag("packets")
class LogTroubleTest {
  private static final String AGENT = "lab.agent";
  private static final int CHANGES = 5;

  private final Path launcher =
      Path.of(System.getProperty(AGENT, "../bin/calico-felix")).toAbsolutePath().normalize();

  @TempDir Path folder;

  @AfterEach
  void restore() {
    System.clearProperty(AGENT);
  }

  @Test
  void noOutputHoldsPolicyUp() throws IOException {
    Path pipe = folder.resolve("pipe");
    Path script = folder.resolve("agent");
    Files.writeString(
        script,
        """
        #!/bin/sh
        # holds both ends, and reads nothing; all but two pages of the pipe are full at once
        mkfifo %1$s && exec 3<>%1$s && head -c 57344 /dev/zero >&3 && exec %2$s "$@" >&3 2>&3
        """
            .formatted(pipe, launcher));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    System.setProperty(AGENT, script.toString());
    try (var lab = new Lab(LogTroubleTest.class, Backend.NFT)) {
      lab.set("FELIX_LOGSEVERITYSCREEN", "trace");
      lab.set("FELIX_LOGSEVERITYFILE", "trace");
      lab.set("FELIX_LOGFILEPATH", "/dev/full");
      lab.set("FELIX_LOGSEVERITYSYS", "trace");
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      for (int i = 0; i < CHANGES; i++) {
        lab.etcd().put(Example.GATE, Example.gate());
        lab.awaitClosed(Example.THROUGH_GATE);
        lab.etcd().delete(Example.GATE);
        lab.awaitOpen(Example.THROUGH_GATE);
      }
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
      assertThat(Shell.here().attempt("dd if=/dev/zero bs=4096 count=1 oflag=nonblock of=" + pipe))
          .as("a page written to the pipe, which is full")
          .matches(attempt -> attempt.err().contains("Resource temporarily unavailable"));
      assertThat(read(pipe))
          .as("what is in the pipe")
          .contains("The log to /dev/full cannot be written");
    }
  }

  /** What is in the pipe; there may be more at once. */
  private static String read(Path pipe) {
    return Shell.here().attempt("timeout 1 head -c 65000 <>%s".formatted(pipe)).out();
  }
}
