package felix.dataplane;

import felix.count.Distribution;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.reconcile.KernelTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes all that is ours from this host. The drivers of the agent know what that is; here nobody
 * desires anything of them. One thread, and no agent beside it.
 *
 * <p>What leads packets to workloads goes first, then the rules, then the sets that these name: not
 * for a moment can a workload be reached without its policy.
 */
public final class Uninstall {
  /** The kernel frees what was removed a little later, and counts it as in use until then. */
  private static final int TRIES = 5;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  /**
   * A kind of object.
   *
   * @param optional whether a kernel may have none of this kind, and refuse to be asked
   */
  record Sweep(Driver driver, boolean optional) {}

  /** What is there of a kind. */
  private record Finding(Driver driver, List<String> lines) {}

  private final List<Sweep> sweeps;
  private final Consumer<String> listed;
  private final Consumer<String> trouble;

  Uninstall(List<Sweep> sweeps, Consumer<String> listed, Consumer<String> trouble) {
    this.sweeps = List.copyOf(sweeps);
    this.listed = listed;
    this.trouble = trouble;
  }

  /**
   * For this host.
   *
   * @param settings what interfaces, routes and devices of ours look like
   * @param statusFolder with files about endpoints
   * @param listed takes a line for each object
   * @param trouble takes what could not be looked at, or not be removed
   * @throws KernelException if the kernel does not tell its interfaces
   */
  public static Uninstall ofHost(
      DataplaneSettings settings,
      Path statusFolder,
      Consumer<String> listed,
      Consumer<String> trouble) {
    var programs = new HostPrograms(settings.iptables(), new Distribution());
    var assembly =
        new UninstallAssembly(
            settings, Kernel.ofHost(settings, programs, new KernelTime()), statusFolder);
    return new Uninstall(assembly.sweeps(programs.tables()), listed, trouble);
  }

  /**
   * Lists all that would be removed, and writes nothing.
   *
   * @return whether all could be looked at
   */
  public boolean list() {
    var findings = new ArrayList<Finding>();
    boolean complete = look(findings);
    findings.forEach(finding -> finding.lines().forEach(listed));
    return complete;
  }

  /**
   * Removes it, and lists what was removed.
   *
   * @return whether nothing is left
   */
  public boolean remove() throws InterruptedException {
    var findings = new ArrayList<Finding>();
    boolean complete = look(findings);
    for (Finding finding : findings) {
      complete &= finding.lines().isEmpty() || remove(finding);
    }
    return complete;
  }

  /** All before anything goes: with a device goes what is on it, and is listed all the same. */
  private boolean look(List<Finding> findings) {
    boolean complete = true;
    for (Sweep sweep : sweeps) {
      try {
        findings.add(new Finding(sweep.driver(), sweep.driver().unwanted()));
      } catch (KernelException e) {
        trouble.accept("not looked at: " + sweep.driver().name() + ": " + e.getMessage());
        complete &= sweep.optional();
      }
    }
    return complete;
  }

  private boolean remove(Finding finding) throws InterruptedException {
    Driver driver = finding.driver();
    Set<String> left = Set.copyOf(finding.lines());
    String why = "";
    for (int i = 0; i < TRIES && !left.isEmpty(); i++) {
      if (i > 0) {
        Thread.sleep(BETWEEN_TRIES);
      }
      try {
        driver.queueResync();
        driver.unwanted();
        why = reason(driver.apply());
        driver.queueResync();
        left = new HashSet<>(driver.unwanted());
      } catch (KernelException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    for (String line : finding.lines()) {
      if (left.contains(line)) {
        trouble.accept("still there: " + line + (why.isEmpty() ? "" : ": " + why));
      } else {
        listed.accept(line);
      }
    }
    return left.isEmpty();
  }

  private static String reason(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.InSync() -> "";
      case ApplyOutcome.NotReady(String why) -> why;
      case ApplyOutcome.Partly(Duration after, Exception cause) -> words(cause);
      case ApplyOutcome.Retry(Duration after, Exception cause) -> words(cause);
    };
  }

  private static String words(Exception cause) {
    return String.valueOf(cause.getMessage());
  }
}
