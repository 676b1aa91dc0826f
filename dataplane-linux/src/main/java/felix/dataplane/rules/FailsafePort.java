package felix.dataplane.rules;

import felix.model.Protocol;

/** A port that host endpoint policy cannot close. */
public record FailsafePort(Protocol protocol, int port) {}
