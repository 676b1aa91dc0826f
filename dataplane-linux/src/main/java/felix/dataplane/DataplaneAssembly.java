package felix.dataplane;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.feature.Feature;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** Builds the dataplanes of a process: one a family, of the same features. */
final class DataplaneAssembly {
  private final DataplaneSettings settings;
  private final DataplaneStatus status;
  private final LongSupplier nanoTime = System::nanoTime;

  DataplaneAssembly(DataplaneSettings settings, CommandRunner commands, DataplaneStatus status) {
    this.settings = settings;
    this.status = status;
  }

  List<Dataplane> dataplanes() {
    return settings.ipv6Support() ? List.of(dataplane(), dataplane()) : List.of(dataplane());
  }

  private Dataplane dataplane() {
    List<Feature> features = features();
    var steps = features.stream().flatMap(feature -> feature.steps().stream()).toList();
    return new Dataplane(features, new ApplyLoop(steps, nanoTime, new Random(), status::progress));
  }

  private List<Feature> features() {
    return List.of();
  }
}
