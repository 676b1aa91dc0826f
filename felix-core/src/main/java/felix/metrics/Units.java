package felix.metrics;

/** Of distributions in those of metrics. */
final class Units {
  static final double ONE = 1;
  static final double NANOS_A_MICROSECOND = 1e3;
  static final double NANOS_A_SECOND = 1e9;

  private Units() {}
}
