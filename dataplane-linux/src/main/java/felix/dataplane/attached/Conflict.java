package felix.dataplane.attached;

/** An object that is wanted, and one that is not ours and must not be replaced by it. */
record Conflict<V>(V wanted, V other) {}
