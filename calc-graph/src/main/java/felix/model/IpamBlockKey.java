package felix.model;

public record IpamBlockKey(Cidr cidr) implements ResourceKey {}
