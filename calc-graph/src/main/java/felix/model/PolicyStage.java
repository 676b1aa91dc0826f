package felix.model;

/** Where on a packet's way a policy decides. Workloads know the last one only. */
public enum PolicyStage {
  /** Before connection tracking, of which allowed packets are then left out. */
  UNTRACKED,
  /** Before a destination is translated; incoming packets only. */
  PRE_DNAT,
  /** Where connections are known. */
  TRACKED
}
