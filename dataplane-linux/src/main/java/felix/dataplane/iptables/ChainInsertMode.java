package felix.dataplane.iptables;

/** Where in a chain of the kernel the rules that lead to ours stand. */
public enum ChainInsertMode {
  /** Before all others, so that nothing passes by the policy. */
  INSERT,
  /** After all others, which then decide first. */
  APPEND
}
