package felix.model;

/** Several pools may have the same network; then the one whose name comes first counts. */
public record IpPoolKey(String name) implements ResourceKey {}
