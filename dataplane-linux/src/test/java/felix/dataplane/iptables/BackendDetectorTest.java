package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendDetectorTest implements CommandRunner {
  @TempDir Path folder;

  private final Map<String, CommandResult> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Override
  public CommandResult run(List<String> command, String input) {
    asked.add(command.getFirst());
    var answer = answers.get(command.getFirst());
    if (answer == null) {
      throw new KernelException("run " + command, "fails");
    }
    return answer;
  }

  @BeforeEach
  void installTools() throws IOException {
    for (var family : List.of("iptables", "ip6tables")) {
      for (var backend : List.of("-legacy", "-nft")) {
        for (var suffix : List.of("", "-save", "-restore")) {
          install(family + backend + suffix);
        }
      }
    }
  }

  private void install(String program) throws IOException {
    var file = Files.createFile(folder.resolve(program));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProgramFinder programs() {
    return new ProgramFinder(folder.toString());
  }

  private void hasRules(String program, int rules) {
    String dump = "*filter\n:INPUT ACCEPT [0:0]\n" + "-A INPUT -j ACCEPT\n".repeat(rules);
    answers.put(program, new CommandResult(0, dump + "COMMIT\n", ""));
  }

  private IptablesBackend choose(Optional<IptablesBackend> configured) {
    return new BackendDetector(programs(), this).choose(configured);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, LEGACY",
    "0, 0, 1, 0, NFT",
    "2, 1, 0, 3, LEGACY",
    "2, 1, 0, 4, NFT",
    "5, 5, 100, 100, LEGACY",
    "9, 0, 5, 5, NFT",
  })
  void theBackendWithMoreRulesIsUsed(
      int legacy4, int legacy6, int nft4, int nft6, IptablesBackend expected) {
    hasRules("iptables-legacy-save", legacy4);
    hasRules("ip6tables-legacy-save", legacy6);
    hasRules("iptables-nft-save", nft4);
    hasRules("ip6tables-nft-save", nft6);
    assertThat(choose(Optional.empty())).isEqualTo(expected);
  }

  @Test
  void manyLegacyRulesDecideWithoutALookAtNft() {
    hasRules("iptables-legacy-save", 10);
    hasRules("ip6tables-legacy-save", 0);
    choose(Optional.empty());
    assertThat(asked).containsExactly("iptables-legacy-save", "ip6tables-legacy-save");
  }

  @Test
  void aFamilyThatCannotBeReadCountsAsEmpty() {
    hasRules("iptables-nft-save", 1);
    assertThat(choose(Optional.empty())).isEqualTo(IptablesBackend.NFT);
  }

  @Test
  void whatIsConfiguredIsUsedWhateverTheHostHas() {
    hasRules("iptables-legacy-save", 100);
    assertThat(choose(Optional.of(IptablesBackend.NFT))).isEqualTo(IptablesBackend.NFT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iptables v1.4.21", "iptables v1.6.1", "nonsense"})
  void anOldRestoreHasTheLockHeldForIt(String version) throws IOException {
    install("flock");
    answers.put("iptables-legacy", new CommandResult(0, version + "\n", ""));
    var lock = new LockWait(Duration.ofSeconds(7), Duration.ofMillis(50), "/run/other.lock");
    var tools = IptablesTools.find(IpVersion.V4, IptablesBackend.LEGACY, lock, programs(), this);
    assertThat(String.join(" ", tools.restoreCommand()))
        .isEqualTo("flock --timeout 7 /run/other.lock iptables-legacy-restore --noflush --verbose");
  }

  /** Nobody has rules on a host that has just booted: nothing speaks against either. */
  @Test
  void anEmptyHostContradictsNobody() {
    var empty = new BackendDetector.RuleCount(0, 0);
    assertThat(empty.speaksAgainst(IptablesBackend.NFT)).isFalse();
    assertThat(empty.speaksAgainst(IptablesBackend.LEGACY)).isFalse();
    assertThat(new BackendDetector.RuleCount(3, 3).speaksAgainst(IptablesBackend.NFT)).isTrue();
    assertThat(new BackendDetector.RuleCount(0, 1).speaksAgainst(IptablesBackend.LEGACY)).isTrue();
    assertThat(new BackendDetector.RuleCount(0, 1).speaksAgainst(IptablesBackend.NFT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "iptables v1.6.2, --wait 10 --wait-interval 50000",
    "iptables v1.8.4 (nf_tables), --wait 10 --wait-interval 50000",
    "iptables v1.8.9 (legacy), --wait 10",
    "iptables v2.0.0, --wait 10",
  })
  void lockOptionsFollowTheVersion(String version, String options) {
    answers.put("iptables-legacy", new CommandResult(0, version + "\n", ""));
    var tools =
        IptablesTools.find(
            IpVersion.V4, IptablesBackend.LEGACY, LockWait.DEFAULT, programs(), this);
    assertThat(String.join(" ", tools.restoreCommand()))
        .isEqualTo(("iptables-legacy-restore --noflush --verbose " + options).strip());
    assertThat(tools.saveProgram()).isEqualTo("iptables-legacy-save");
  }

  @Test
  void plainNamesAreUsedWhereTheSpecialOnesAreMissing() throws IOException {
    // A name that no host has, made by the same rule.
    var names = new ProgramNames(IpVersion.V6, IptablesBackend.NFT, programs());
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> names.find("-nowhere"))
        .withMessageContaining("ip6tables-nft-nowhere")
        .withMessageContaining("ip6tables-nowhere");
    install("ip6tables-nowhere");
    assertThat(names.find("-nowhere")).isEqualTo("ip6tables-nowhere");
  }
}
