package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpFilterReaderTest {
  @TempDir Path procSys;

  @Test
  void readsTheHostsSettings() throws IOException {
    write("all", "0\n");
    write("default", "1\n");
    write("eth0", "2\n");
    write("cali0000001", "1\n");
    var settings = new RpFilterReader(procSys).read();
    assertThat(settings)
        .isEqualTo(
            new RpFilterSettings(
                RpFilter.OFF,
                RpFilter.STRICT,
                Map.of("eth0", RpFilter.LOOSE, "cali0000001", RpFilter.STRICT)));
  }

  @Test
  void whatCannotBeReadIsAbsent() throws IOException {
    write("all", "3\n");
    write("eth0", "loose");
    Files.createDirectories(procSys.resolve("net/ipv4/conf/eth1"));
    assertThat(new RpFilterReader(procSys).read())
        .isEqualTo(new RpFilterSettings(null, null, Map.of()));
    assertThat(new RpFilterReader(procSys.resolve("nowhere")).read())
        .isEqualTo(new RpFilterSettings(null, null, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, OFF, OFF",
    "OFF, STRICT, STRICT",
    "OFF, LOOSE, LOOSE",
    "STRICT, OFF, STRICT",
    "STRICT, STRICT, STRICT",
    "STRICT, LOOSE, LOOSE",
    "LOOSE, OFF, LOOSE",
    "LOOSE, STRICT, LOOSE",
    "LOOSE, LOOSE, LOOSE"
  })
  void theLargerNumberHolds(RpFilter all, RpFilter own, RpFilter effective) {
    assertThat(RpFilter.effective(all, own)).isEqualTo(effective);
  }

  private void write(String name, String value) throws IOException {
    var folder = Files.createDirectories(procSys.resolve("net/ipv4/conf").resolve(name));
    Files.writeString(folder.resolve("rp_filter"), value);
  }
}
