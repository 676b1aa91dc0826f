package felix.dataplane.sysctl;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.monitor.InterfaceView;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of interfaces, of one family. Lives on the dataplane thread.
 *
 * <p>They are written when the interface is up, and again when it has been made anew. Nothing is
 * taken back: what an interface had before we do not know, and it goes with the interface.
 */
public final class SysctlDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(SysctlDriver.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final String name;
  private final SysctlFiles files;
  private final InterfaceView interfaces;
  private final Map<String, Map<InterfaceSysctl, String>> desired = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();
  private int failures;
  private Set<String> refused = Set.of();

  /**
   * Knows no interface yet.
   *
   * @param root {@code /proc/sys/net}
   */
  public SysctlDriver(IpVersion version, Path root, LongSupplier nanoTime) {
    this.name = "sysctls v" + version.number();
    this.files = new SysctlFiles(root);
    this.interfaces = new InterfaceView(nanoTime);
  }

  /** Settings by name of the interface. */
  public Desired<String, Map<InterfaceSysctl, String>> desired() {
    return new Wanted();
  }

  public void onInterface(InterfaceChange change) {
    InterfaceChange before = interfaces.update(change);
    boolean same = before != null && before.index() == change.index() && before.up() == change.up();
    if (!same) {
      touch(change.name());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void queueResync() {
    dirty.addAll(desired.keySet());
  }

  @Override
  public long writes() {
    return files.writes();
  }

  @Override
  public Set<String> refused() {
    return refused;
  }

  @Override
  public ApplyOutcome apply() {
    IOException cause = null;
    var refusing = new HashSet<String>();
    int waiting = 0;
    for (String interfaceName : List.copyOf(dirty)) {
      InterfaceChange link = interfaces.named(interfaceName);
      if (!SysctlFiles.isInterfaceName(interfaceName)) {
        dirty.remove(interfaceName); // no such interface will come, or none that can be addressed
        continue;
      }
      if (link == null || !link.up()) {
        waiting++;
        continue;
      }
      try {
        write(interfaceName);
        dirty.remove(interfaceName);
      } catch (NoSuchFileException e) {
        waiting++; // the interface went; news of that are on their way
      } catch (IOException e) {
        cause = e;
        refusing.add(interfaceName);
      }
    }
    refused = refusing;
    return outcome(cause, waiting);
  }

  private ApplyOutcome outcome(@Nullable IOException cause, int waiting) {
    if (cause != null) {
      failures++;
      if (failures == 1) {
        LOG.warn("{}: {}; will try again", name, cause.getMessage());
      }
      return new ApplyOutcome.Partly(BACKOFF.delay(failures), cause);
    }
    failures = 0;
    return waiting == 0
        ? ApplyOutcome.IN_SYNC
        : new ApplyOutcome.NotReady(waiting + " wait for their interface");
  }

  private void write(String interfaceName) throws IOException {
    for (var setting : desired.getOrDefault(interfaceName, Map.of()).entrySet()) {
      files.ensure(interfaceName, setting.getKey(), setting.getValue());
    }
  }

  private void touch(String interfaceName) {
    if (desired.containsKey(interfaceName)) {
      dirty.add(interfaceName);
    }
  }

  /** The face of what is desired. */
  private final class Wanted implements Desired<String, Map<InterfaceSysctl, String>> {
    @Override
    public void set(String interfaceName, Map<InterfaceSysctl, String> settings) {
      var sorted = Collections.unmodifiableMap(new TreeMap<>(settings));
      if (!sorted.equals(desired.put(interfaceName, sorted))) {
        dirty.add(interfaceName);
      }
    }

    @Override
    public void remove(String interfaceName) {
      desired.remove(interfaceName);
      dirty.remove(interfaceName);
    }

    @Override
    public void replaceAll(Map<String, Map<InterfaceSysctl, String>> all) {
      Set.copyOf(desired.keySet()).stream()
          .filter(interfaceName -> !all.containsKey(interfaceName))
          .forEach(this::remove);
      all.forEach(this::set);
    }
  }
}
