package felix.latency;

import java.util.Locale;

/** Where a change spends its time. All but the last add up to the last. */
public enum LatencyStage {
  /** From when etcd's message came in until it was decoded, with its wait for the thread. */
  DECODE,
  /** Until the calculation graph knew what follows for this host, with the wait for the batch. */
  GRAPH,
  /**
   * Until the apply began that brought it to the kernel: for the apply before, for the limit of
   * applies a second, and after the kernel had refused it.
   */
  WAIT,
  /**
   * The time in which no program ran and the kernel was not asked, until one IP family had all that
   * a packet may wait for: the one of which more addresses are in use here.
   */
  PLAN,
  /** The rest of that time: behind it packets go as the change has it. */
  KERNEL,
  /** Until the end of that apply: the other family, and what no packet waits for. */
  REST,
  /** From the message to the end of that apply. */
  TOTAL;

  /** As a label says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
