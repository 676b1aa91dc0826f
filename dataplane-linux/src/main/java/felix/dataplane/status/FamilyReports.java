package felix.dataplane.status;

import felix.model.EndpointKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How endpoints fare in one family. Lives on the dataplane thread. */
public interface FamilyReports {
  /** Whether it was ever looked: before that nobody fares in any way. */
  boolean isComplete();

  /** Of whom the report is another one, or gone, since this was last called. */
  Set<EndpointKey> takeNews();

  /** Null if there is no such endpoint, or it was not looked yet. */
  @Nullable EndpointReport report(EndpointKey key);
}
