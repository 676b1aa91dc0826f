package felix.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Where the numbers come from. Asked when somebody scrapes, on the server's thread.
 *
 * @param quarantined how many resources cannot be used
 * @param listings how often the whole datastore was read
 * @param kernelWrites how often each driver wrote to the kernel, by name
 */
public record Metrics(
    IntSupplier quarantined, IntSupplier listings, Supplier<Map<String, Long>> kernelWrites) {

  void register(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("felix_quarantined_resources")
        .help("Resources in the datastore that cannot be used and are treated as missing.")
        .callback(callback -> callback.call(quarantined.getAsInt()))
        .register(registry);
    CounterWithCallback.builder()
        .name("felix_datastore_listings")
        .help("How often the whole datastore was read.")
        .callback(callback -> callback.call(listings.getAsInt()))
        .register(registry);
    CounterWithCallback.builder()
        .name("felix_kernel_writes")
        .help("How often the kernel was written to.")
        .labelNames("driver")
        .callback(callback -> kernelWrites.get().forEach((driver, n) -> callback.call(n, driver)))
        .register(registry);
  }
}
