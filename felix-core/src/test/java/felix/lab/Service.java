package felix.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The agent as its package installs it: a service of this machine's systemd. */
public final class Service {
  static final String UNIT = "dcos-calico-felix.service";

  /** The agent's word when the kernel holds what etcd wants. */
  private static final Pattern READY = Pattern.compile("StatusText=in sync.*");

  /** What the first process says of it. */
  private static final String SYSTEMD = "1 ";

  private static final String PACKAGE = "calico-felix";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Asking systemd takes long in a guest. */
  private static final Duration STEP = Duration.ofMillis(500);

  private final Shell shell = Shell.here();

  Service() {}

  /** Installs a package, or upgrades to it. Its scripts do what they do on any host. */
  public void install(Path deb) {
    shell.run("dpkg --force-unsafe-io --force-confold -i " + deb);
  }

  /** Takes the package away but for its configuration. */
  public void remove() {
    shell.run("dpkg -r " + PACKAGE);
  }

  /** Takes away what {@link #remove} left. */
  public void purge() {
    shell.run("dpkg -P " + PACKAGE);
  }

  /**
   * Adds to the unit until the machine ends.
   *
   * @param name of the file
   */
  public void addToUnit(String name, String text) {
    shell.run(
        """
        mkdir -p /run/systemd/system/%1$s.d
        printf '%%s\\n' '%3$s' >/run/systemd/system/%1$s.d/%2$s.conf
        systemctl daemon-reload
        """
            .formatted(UNIT, name, text));
  }

  /** Takes back what {@link #addToUnit} added. */
  public void takeFromUnit(String name) {
    shell.run(
        """
        cd /run/systemd/system
        rm %1$s.d/%2$s.conf
        rmdir --ignore-fail-on-non-empty %1$s.d
        systemctl daemon-reload
        """
            .formatted(UNIT, name));
  }

  /** Restarts it and waits until another process is ready. */
  public void restart() {
    awaitOtherThan(pid(), "systemctl --no-block restart " + UNIT);
  }

  /** Sends a signal to its main process and waits until another one is ready. */
  public void signal(String name) {
    awaitOtherThan(pid(), "kill -%s %d".formatted(name, pid()));
  }

  /** Ends it and waits until it is gone. */
  public void stop() {
    shell.run("systemctl --no-block stop " + UNIT);
    Await.until("the service is stopped", STOP_LIMIT, () -> pid() == 0);
  }

  /** Waits until the agent has said that the kernel holds what etcd wants. */
  public void awaitReady() {
    awaitOtherThan(0);
  }

  /** Waits until the agent is ready, and as another process than this one. */
  public void awaitOtherThan(long pid) {
    await("another process is ready", () -> isReady(pid));
  }

  private void awaitOtherThan(long pid, String command) {
    shell.run(command);
    awaitOtherThan(pid);
  }

  private void await(String what, BooleanSupplier condition) {
    if (!Await.within(START_LIMIT, STEP, condition)) {
      throw new LabException(
          what + " not: " + shell.attempt("systemctl status --no-pager -n 40 " + UNIT).out());
    }
  }

  /** Active is also one that waits for etcd; what it waits for it says in its status. */
  private boolean isReady(long notThis) {
    var known =
        shell
            .run("systemctl show -p MainPID -p ActiveState -p StatusText " + UNIT)
            .lines()
            .toList();
    return known.contains("ActiveState=active")
        && !known.contains("MainPID=" + notThis)
        && known.stream().anyMatch(READY.asMatchPredicate());
  }

  /** Its main process; 0 if there is none. */
  public long pid() {
    return Long.parseLong(property("MainPID"));
  }

  /** What systemd knows of it. */
  public String property(String name) {
    return shell.run("systemctl show --value -p %s %s".formatted(name, UNIT)).strip();
  }

  /** A line of its main process' {@code /proc/PID/status}. */
  public String processStatus(String field) {
    return shell
        .run("sed -n 's/^%s:[[:space:]]*//p' /proc/%d/status".formatted(field, pid()))
        .strip();
  }

  /**
   * What {@code systemd-analyze security} says of the running service; its last line is the sum.
   */
  public String security() {
    return shell.run("systemd-analyze security --no-pager " + UNIT).strip();
  }

  /** What its processes have said so far: each line begins with the number of the process. */
  public List<String> journal() {
    return shell
        .run("journalctl -q -o json -u %s | jq -r '._PID + \" \" + .MESSAGE'".formatted(UNIT))
        .lines()
        .filter(line -> !line.startsWith(SYSTEMD))
        .toList();
  }

  /** How often systemd has called its end a failure. */
  public long failures() {
    return shell
        .run("journalctl -q -o cat _PID=1 -u " + UNIT)
        .lines()
        .filter(line -> line.contains("Failed with result"))
        .count();
  }

  /** Leaves the journal in a file. */
  void leaveJournal(Path file) {
    shell.run("journalctl -q --no-pager -o short-iso -u %s >%s".formatted(UNIT, file));
  }
}
