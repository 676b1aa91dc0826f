package felix.dataplane.iptables;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The version of the iptables tools; what they can do depends on it. */
public record IptablesVersion(int major, int minor, int patch)
    implements Comparable<IptablesVersion> {
  /**
   * What is taken for the version if the tools do not say: the oldest that Felix ever supported.
   */
  static final IptablesVersion OLDEST = new IptablesVersion(1, 4, 7);

  private static final Pattern VERSION = Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private static final Comparator<IptablesVersion> ORDER =
      Comparator.comparingInt(IptablesVersion::major)
          .thenComparingInt(IptablesVersion::minor)
          .thenComparingInt(IptablesVersion::patch);

  /** From the output of {@code iptables --version}. */
  static IptablesVersion parse(String output) {
    var found = VERSION.matcher(output);
    return found.find()
        ? new IptablesVersion(
            Integer.parseInt(found.group(1)),
            Integer.parseInt(found.group(2)),
            Integer.parseInt(found.group(3)))
        : OLDEST;
  }

  public boolean isAtLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
    return compareTo(new IptablesVersion(wantedMajor, wantedMinor, wantedPatch)) >= 0;
  }

  @Override
  public int compareTo(IptablesVersion other) {
    return ORDER.compare(this, other);
  }
}
