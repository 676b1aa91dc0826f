package felix.dataplane.rules;

/** Which way traffic goes, seen from the endpoint. */
public enum Direction {
  /** To the endpoint. */
  INGRESS,
  /** From the endpoint. */
  EGRESS
}
