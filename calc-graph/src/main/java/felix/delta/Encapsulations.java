package felix.delta;

/** Which ways of wrapping packets are in use in the cluster. */
public record Encapsulations(boolean ipip, boolean vxlan) {
  public static final Encapsulations NONE = new Encapsulations(false, false);
}
