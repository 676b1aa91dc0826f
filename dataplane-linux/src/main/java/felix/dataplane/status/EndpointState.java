package felix.dataplane.status;

import java.util.Locale;

/** How an endpoint fares, from good to bad. */
public enum EndpointState {
  /** Its interface is up, and the kernel holds its rules, routes and settings. */
  UP,
  /** Its interface is not there or not up. */
  DOWN,
  /** The kernel refuses something that it needs. */
  ERROR;

  /** As Felix spells it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  EndpointState worse(EndpointState other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
