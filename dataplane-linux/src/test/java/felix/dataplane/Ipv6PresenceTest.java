package felix.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import felix.count.Distribution;
import felix.dataplane.exec.ProgramFinder;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts without IPv6 get rules for IPv4, whatever Ipv6Support says. */
class Ipv6PresenceTest {
  private static final DataplaneSettings WANTED = DataplaneSettings.defaults();

  @TempDir Path sysctls;
  @TempDir Path programs;

  @BeforeEach
  void installForIpv4() throws IOException {
    install("iptables");
  }

  private void install(String family) throws IOException {
    for (var suffix : List.of("", "-save", "-restore")) {
      Path file = programs.resolve(family + "-legacy" + suffix);
      Files.writeString(file, "#!/bin/sh\necho iptables v1.8.9\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private List<IpVersion> families(DataplaneSettings wanted) {
    var finder = ProgramFinder.only(programs);
    var found = new HostPrograms(WANTED.iptables(), finder, new Distribution());
    return Ipv6Presence.settings(wanted, sysctls, found::tools).families();
  }

  @Test
  void hostWithBothHasBoth() throws IOException {
    install("ip6tables");
    Files.createDirectory(sysctls.resolve("ipv6"));
    assertThat(families(WANTED)).containsExactly(IpVersion.V4, IpVersion.V6);
  }

  @Test
  void kernelWithoutIpv6HasIpv4Only() throws IOException {
    install("ip6tables");
    assertThat(families(WANTED)).containsExactly(IpVersion.V4);
  }

  @Test
  void hostWithoutIp6tablesHasIpv4Only() throws IOException {
    Files.createDirectory(sysctls.resolve("ipv6"));
    assertThat(families(WANTED)).containsExactly(IpVersion.V4);
  }

  @Test
  void nobodyWhoDoesNotWantItGetsIt() throws IOException {
    install("ip6tables");
    Files.createDirectory(sysctls.resolve("ipv6"));
    assertThat(families(WANTED.withoutIpv6())).containsExactly(IpVersion.V4);
  }
}
