package felix.model;

/**
 * A named port of an endpoint.
 *
 * @param protocol TCP, UDP or SCTP
 * @param port 1 to 65535
 */
public record EndpointPort(String name, Protocol protocol, int port) {}
