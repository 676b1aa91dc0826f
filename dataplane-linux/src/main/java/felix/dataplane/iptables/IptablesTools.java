package felix.dataplane.iptables;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that read and write the tables of one family and backend, with their options.
 *
 * @param restoreCommand without the table, which stands in the input
 */
public record IptablesTools(
    IpVersion ipVersion,
    IptablesBackend backend,
    IptablesVersion version,
    String saveProgram,
    List<String> restoreCommand) {
  public IptablesTools {
    restoreCommand = List.copyOf(restoreCommand);
  }

  /**
   * Finds the programs of a backend: those that carry its name, else those without one.
   *
   * @throws KernelException if there are none
   */
  public static IptablesTools find(
      IpVersion ipVersion,
      IptablesBackend backend,
      LockWait lock,
      ProgramFinder programs,
      CommandRunner runner) {
    var names = new ProgramNames(ipVersion, backend, programs);
    var version = version(names.find(""), runner);
    var restore = new ArrayList<String>();
    if (programs.isInstalled("flock")) {
      restore.addAll(lock.holder(version));
    }
    restore.add(names.find("-restore"));
    // The input is added to what is there; comments in it are echoed.
    restore.addAll(List.of("--noflush", "--verbose"));
    restore.addAll(lock.options(version));
    return new IptablesTools(ipVersion, backend, version, names.find("-save"), restore);
  }

  private static IptablesVersion version(String program, CommandRunner runner) {
    try {
      return IptablesVersion.parse(runner.run(List.of(program, "--version"), "").output());
    } catch (KernelException e) {
      return IptablesVersion.OLDEST;
    }
  }

  /**
   * Whether a restore can be fed one batch after the other. Legacy: from when it locks each table
   * by itself. nft: from the oldest that is in use with the cache as of 1.8.5; 1.8.4 reads ahead to
   * the end of its input.
   */
  boolean canKeepRestore() {
    return switch (backend) {
      case LEGACY -> version.isAtLeast(1, 6, 2);
      case NFT -> version.isAtLeast(1, 8, 7);
    };
  }

  /**
   * Whether the programs are beyond doubt for this backend: by their name, or because they are from
   * before there was another one. A name without it may be a link to either.
   */
  boolean surelyOfBackend() {
    boolean older = !version.equals(IptablesVersion.OLDEST) && !version.isAtLeast(1, 8, 0);
    return saveProgram.contains(backend.programInfix())
        || (backend == IptablesBackend.LEGACY && older);
  }

  List<String> saveCommand(Table table) {
    return List.of(saveProgram, "-t", table.kernelName());
  }
}
