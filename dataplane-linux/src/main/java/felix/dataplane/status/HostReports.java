package felix.dataplane.status;

import felix.model.EndpointKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reports of both families as one: the worse of the two counts, and none before both are there.
 * Lives on the dataplane thread.
 */
public final class HostReports {
  private final EndpointStatusSink sink;
  private final Map<EndpointKey, EndpointReport> told = new HashMap<>();
  private final Set<EndpointKey> waiting = new HashSet<>();
  private boolean complete;

  public HostReports(EndpointStatusSink sink) {
    this.sink = sink;
  }

  /** Tells what is new. */
  public void tell(List<? extends FamilyReports> families) {
    families.forEach(family -> waiting.addAll(family.takeNews()));
    if (!families.stream().allMatch(FamilyReports::isComplete)) {
      return;
    }
    waiting.removeIf(key -> tell(key, families));
    if (!complete) {
      complete = true;
      sink.complete();
    }
  }

  /** How many endpoints there are of which anything is known. */
  public int size() {
    return told.size();
  }

  /** Returns whether both families agree that there is such an endpoint, or none. */
  private boolean tell(EndpointKey key, List<? extends FamilyReports> families) {
    List<EndpointReport> reports =
        families.stream().map(family -> family.report(key)).filter(Objects::nonNull).toList();
    if (!reports.isEmpty() && reports.size() < families.size()) {
      return false;
    }
    EndpointReport report = reports.stream().reduce(EndpointReport::worse).orElse(null);
    if (!Objects.equals(report, told.get(key))) {
      remember(key, report);
      sink.offer(key, report);
    }
    return true;
  }

  private void remember(EndpointKey key, @Nullable EndpointReport report) {
    if (report == null) {
      told.remove(key);
    } else {
      told.put(key, report);
    }
  }
}
