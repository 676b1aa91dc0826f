package felix.dataplane.iptables;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The version of Linux, as far as what it can do depends on it. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
  /** What is taken for the version if it is not understood: the oldest that Felix supports. */
  static final KernelVersion OLDEST = new KernelVersion(3, 10);

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  private static final Comparator<KernelVersion> ORDER =
      Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

  /** From what {@code uname -r} prints, {@code 5.14.0-70.el9.x86_64} say. */
  public static KernelVersion parse(String release) {
    var found = VERSION.matcher(release);
    return found.lookingAt()
        ? new KernelVersion(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)))
        : OLDEST;
  }

  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return compareTo(new KernelVersion(wantedMajor, wantedMinor)) >= 0;
  }

  @Override
  public int compareTo(KernelVersion other) {
    return ORDER.compare(this, other);
  }
}
