package felix.config;

import felix.model.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * A port of this host that stays open whatever policy says.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param net where the other end has to be; null for anywhere
 */
public record HostPort(String protocol, @Nullable Cidr net, int port) {}
