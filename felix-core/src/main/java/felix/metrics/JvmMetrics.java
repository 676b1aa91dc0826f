package felix.metrics;

import static felix.metrics.Metric.gauge;
import static felix.metrics.Metric.summary;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The JVM, under the names that Prometheus' library for Java has for it. */
final class JvmMetrics {
  private static final double MILLIS_A_SECOND = 1e3;

  static final List<Metric> ALL =
      List.of(
          gauge("jvm_memory_used_bytes", "Memory in use, by area", areas(MemoryUsage::getUsed))
              .by("area"),
          gauge(
                  "jvm_memory_committed_bytes",
                  "Memory taken from the system, by area",
                  areas(MemoryUsage::getCommitted))
              .by("area"),
          gauge(
                  "jvm_memory_max_bytes",
                  "How much memory may be taken, by area; -1 for any amount",
                  areas(MemoryUsage::getMax))
              .by("area"),
          gauge("jvm_memory_pool_used_bytes", "Memory in use, by pool", JvmMetrics::pools)
              .by("pool"),
          gauge(
                  "jvm_buffer_pool_used_bytes",
                  "Memory of buffers outside of the heap, by their kind",
                  (from, to) ->
                      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
                          .forEach(p -> to.value(p.getMemoryUsed(), p.getName())))
              .by("pool"),
          summary("jvm_gc_collection_seconds", "Collections of garbage", JvmMetrics::collections)
              .by("gc"),
          gauge(
              "jvm_threads_current",
              "Threads",
              (from, to) -> to.value(ManagementFactory.getThreadMXBean().getThreadCount())),
          gauge(
              "jvm_threads_daemon",
              "Threads that do not keep the process from ending",
              (from, to) -> to.value(ManagementFactory.getThreadMXBean().getDaemonThreadCount())),
          gauge(
              "jvm_threads_peak",
              "The most threads that there were at once",
              (from, to) -> to.value(ManagementFactory.getThreadMXBean().getPeakThreadCount())),
          gauge(
              "jvm_classes_currently_loaded",
              "Classes",
              (from, to) ->
                  to.value(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())));

  private JvmMetrics() {}

  private static Metric.Source areas(ToDoubleFunction<MemoryUsage> figure) {
    return (from, to) -> {
      var memory = ManagementFactory.getMemoryMXBean();
      to.value(figure.applyAsDouble(memory.getHeapMemoryUsage()), "heap");
      to.value(figure.applyAsDouble(memory.getNonHeapMemoryUsage()), "nonheap");
    };
  }

  private static void pools(Scrape from, Samples to) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      to.value(pool.getUsage().getUsed(), pool.getName());
    }
  }

  private static void collections(Scrape from, Samples to) {
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      to.totals(gc.getCollectionTime() / MILLIS_A_SECOND, gc.getCollectionCount(), gc.getName());
    }
  }
}
