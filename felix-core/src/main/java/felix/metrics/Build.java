package felix.metrics;

/** What this agent is. */
final class Build {
  private Build() {}

  /** As the jar says, which the tests do not have. */
  static String version() {
    String version = Build.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
