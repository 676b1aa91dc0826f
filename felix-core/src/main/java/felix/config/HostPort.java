package felix.config;

/**
 * A port of this host that stays open whatever policy says.
 *
 * @param protocol {@code tcp} or {@code udp}
 */
public record HostPort(String protocol, int port) {}
