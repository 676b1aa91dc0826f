package felix.calc;

import java.util.Comparator;

/**
 * The order in which hosts get what only one of them can have: this host, then the others by name.
 * What this host has is in its kernel already, and must not be routed away from it.
 */
record HostOrder(String own) implements Comparator<String> {
  @Override
  public int compare(String a, String b) {
    int ownFirst = Boolean.compare(b.equals(own), a.equals(own));
    return ownFirst == 0 ? a.compareTo(b) : ownFirst;
  }
}
