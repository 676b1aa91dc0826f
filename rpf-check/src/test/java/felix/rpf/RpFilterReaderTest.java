package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import felix.rpf.RpFilterSettings.Interface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                List.of(
                    new Interface("cali0000001", RpFilter.STRICT),
                    new Interface("eth0", RpFilter.LOOSE))));
  }

  /** An interface without the file is one on its way out, or in a file system that is no proc. */
  @Test
  void whatCannotBeReadIsUnknown() throws IOException {
    write("all", "");
    write("eth0", "loose");
    Files.createDirectories(procSys.resolve("net/ipv4/conf/eth1"));
    Files.createDirectories(procSys.resolve("net/ipv4/conf/eth2/rp_filter"));
    assertThat(new RpFilterReader(procSys).read())
        .isEqualTo(
            new RpFilterSettings(
                null,
                null,
                List.of(
                    new Interface("eth0", null),
                    new Interface("eth1", null),
                    new Interface("eth2", null))));
    assertThat(new RpFilterReader(procSys.resolve("nowhere")).read())
        .isEqualTo(new RpFilterSettings(null, null, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "-1", "2147483647"})
  void onlyOneIsStrictAndOnlyZeroIsOff(String text) {
    assertThat(RpFilter.parse(text)).isEqualTo(RpFilter.LOOSE);
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
