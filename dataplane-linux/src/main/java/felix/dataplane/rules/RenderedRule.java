package felix.dataplane.rules;

/**
 * A rule as iptables-restore takes it.
 *
 * @param hash 16 characters that stand for the rule, its chain and all rules before it
 * @param spec what follows {@code -A <chain> }, the comment with the hash first
 */
public record RenderedRule(String hash, String spec) {}
