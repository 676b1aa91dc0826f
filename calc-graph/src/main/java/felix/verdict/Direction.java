package felix.verdict;

/** As seen from the endpoint. */
public enum Direction {
  /** To the workload. */
  INGRESS,

  /** From the workload. */
  EGRESS
}
