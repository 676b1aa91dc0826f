package felix.dataplane.sysctl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that this host forwards packets of one family at all. Lives on the dataplane thread.
 *
 * <p>Written only where it is off: writing it changes the setting of every interface. A kernel
 * without the family has no such file, and nothing is to be done.
 */
public final class HostForwarding implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(HostForwarding.class);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final IpVersion version;
  private final Path file;
  private boolean known;
  private boolean refused;
  private long writes;

  /**
   * Has read nothing yet.
   *
   * @param root {@code /proc/sys/net}
   */
  public HostForwarding(IpVersion version, Path root) {
    this.version = version;
    this.file =
        root.resolve(
            switch (version) {
              case V4 -> "ipv4/ip_forward";
              case V6 -> "ipv6/conf/all/forwarding";
            });
  }

  @Override
  public String name() {
    return "forwarding v" + version.number();
  }

  @Override
  public void queueResync() {
    known = false;
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    if (known) {
      return ApplyOutcome.IN_SYNC;
    }
    try {
      if (!Files.readString(file, US_ASCII).strip().equals("1")) {
        LOG.info("{} is off; it is switched on", file);
        writes++;
        Files.writeString(file, "1\n", US_ASCII, StandardOpenOption.WRITE);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{}: no such family", file);
    } catch (IOException e) {
      if (!refused) {
        LOG.warn("{}: {}; will try again", file, e.toString());
      }
      refused = true;
      return new ApplyOutcome.Partly(PAUSE, e);
    }
    known = true;
    refused = false;
    return ApplyOutcome.IN_SYNC;
  }
}
