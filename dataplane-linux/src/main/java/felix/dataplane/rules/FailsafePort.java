package felix.dataplane.rules;

import felix.model.Cidr;
import felix.model.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A port that host endpoint policy cannot close.
 *
 * @param net where the other end has to be; null for anywhere
 */
public record FailsafePort(Protocol protocol, @Nullable Cidr net, int port) {
  public FailsafePort(Protocol protocol, int port) {
    this(protocol, null, port);
  }
}
