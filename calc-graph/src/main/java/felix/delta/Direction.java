package felix.delta;

/** Which way traffic goes, as seen from the endpoint. */
public enum Direction {
  /** To the endpoint. */
  INGRESS,
  /** From the endpoint. */
  EGRESS
}
