package felix.status;

import static felix.status.StatusTextTest.report;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.model.WorkloadEndpointKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFilesTest {
  private static final WorkloadEndpointKey KEY =
      new WorkloadEndpointKey("node1", "cni", "default/web", "eth0");

  @TempDir Path root;
  private final EndpointBoard board = new EndpointBoard();

  @Test
  void endpointHasItsFileWhileItIsUp() throws IOException {
    var files = new StatusFiles(root, board, fault -> {});
    EndpointReport up = report("cali1", null, "10.0.0.1/32");
    board.offer(KEY, up);
    files.look();
    files.follow();
    Path file = root.resolve("endpoint-status/cni default%2Fweb eth0");
    assertThat(file).hasContent("{\"ifaceName\":\"cali1\",\"ipv4Nets\":[\"10.0.0.1/32\"]}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");

    board.offer(KEY, new EndpointReport(EndpointState.DOWN, up.workload()));
    files.follow();
    assertThat(file).doesNotExist();
  }

  @Test
  void filesThatAreWrongAreMendedAndThoseOfOthersLetAlone() throws IOException {
    Path folder = Files.createDirectory(root.resolve("endpoint-status"));
    Path own = Files.writeString(folder.resolve("cni default%2Fweb eth0"), "{}");
    Path gone = Files.writeString(folder.resolve("cni default%2Fold eth0"), "{}");
    Path other = Files.writeString(folder.resolve("README"), "read me");
    board.offer(KEY, report("cali1", null, "10.0.0.1/32"));
    var files = new StatusFiles(root, board, fault -> {});
    files.look();
    files.follow();

    assertThat(own).content().contains("cali1");
    assertThat(gone).doesNotExist();
    assertThat(other).exists();
    try (var left = Files.list(root)) {
      assertThat(left.toList()).isEqualTo(List.of(folder));
    }
  }

  @Test
  void withoutTheFolderAboveNothingIsMade() throws IOException {
    Path nowhere = root.resolve("nowhere");
    board.offer(KEY, report("cali1", null, "10.0.0.1/32"));
    var files = new StatusFiles(nowhere, board, fault -> {});
    files.look();
    files.follow();
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void whatIsRightIsNotWrittenAgainHoweverOftenItIsLookedAt() throws IOException {
    var files = new StatusFiles(root, board, fault -> {});
    board.offer(KEY, report("cali1", null, "10.0.0.1/32"));
    files.look();
    files.follow();
    Path file = root.resolve("endpoint-status/cni default%2Fweb eth0");
    Object written = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

    for (int i = 0; i < 3; i++) {
      files.look();
      files.follow();
      board.offer(KEY, report("cali1", null, "10.0.0.1/32"));
    }
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"ifaceName\":\"cali2\",\"ipv4Nets\":[\"10.0.0.1/32\"]}", "{}", ""})
  void fileThatSomebodyChangesIsPutRightAtTheNextLook(String text) throws IOException {
    var files = new StatusFiles(root, board, fault -> {});
    board.offer(KEY, report("cali1", null, "10.0.0.1/32"));
    files.look();
    files.follow();
    Path file = root.resolve("endpoint-status/cni default%2Fweb eth0");
    String right = Files.readString(file);

    Files.writeString(file, text);
    files.look();
    files.follow();
    assertThat(file).hasContent(right);
    Files.delete(file);
    files.look();
    files.follow();
    assertThat(file).hasContent(right);
  }
}
