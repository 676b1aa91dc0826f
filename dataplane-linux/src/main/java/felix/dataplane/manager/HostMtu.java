package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.model.BoundedMatch;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The smallest MTU of the host's own interfaces that are up, as they come and go. While none is up
 * the last one counts: that the network is gone for a moment changes no device.
 */
final class HostMtu {
  /** Today's Felix's: the smallest among common cloud providers. */
  private static final int FALLBACK_BYTES = 1460;

  private final Pattern names;
  private final Map<String, Integer> mtus = new HashMap<>();
  private int lastBytes;

  /**
   * Knows no interface yet.
   *
   * @param names found in the names of the interfaces that count
   */
  HostMtu(Pattern names) {
    this.names = names;
  }

  void onInterface(InterfaceChange change) {
    if (!BoundedMatch.isFound(names, change.name())) {
      return;
    }
    if (change.present() && change.up()) {
      mtus.put(change.name(), change.mtuBytes());
    } else {
      mtus.remove(change.name());
    }
    if (!mtus.isEmpty()) {
      lastBytes = Collections.min(mtus.values());
    }
  }

  /**
   * The MTU in bytes.
   *
   * @param interfacesAreKnown whether it is to be guessed if no interface counts
   * @return 0 while it is not known
   */
  int bytes(boolean interfacesAreKnown) {
    return lastBytes == 0 && interfacesAreKnown ? FALLBACK_BYTES : lastBytes;
  }
}
