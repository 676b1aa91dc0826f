package felix.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a block of a pool.
 *
 * @param host to which the block as a whole belongs; null for none
 * @param elsewhere the addresses that workloads of other hosts use, each with its host
 */
public record IpamBlock(@Nullable String host, Map<Ip, String> elsewhere) implements Resource {
  public IpamBlock {
    elsewhere = Map.copyOf(elsewhere);
  }
}
