package felix.metrics;

import static felix.metrics.Metric.counter;
import static felix.metrics.Metric.gauge;

import java.util.List;

/** What all of Prometheus' client libraries say of a process, read from {@code /proc}. */
final class ProcessMetrics {
  private static final ProcFiles PROC = ProcFiles.ofThisProcess();

  static final List<Metric> ALL =
      List.of(
          counter(
              "process_cpu_seconds_total",
              "Time on processors, in user mode and in the kernel",
              (from, to) -> to.value(PROC.cpuSeconds())),
          gauge(
              "process_open_fds",
              "Open file descriptors",
              (from, to) -> to.value(PROC.openFiles())),
          gauge(
              "process_max_fds",
              "How many file descriptors may be open",
              (from, to) -> to.value(PROC.limit("Max open files"))),
          gauge(
              "process_virtual_memory_bytes",
              "Size of the address space",
              (from, to) -> to.value(PROC.virtualBytes())),
          gauge(
              "process_virtual_memory_max_bytes",
              "How large the address space may be; -1 for any size",
              (from, to) -> to.value(PROC.limit("Max address space"))),
          gauge(
              "process_resident_memory_bytes",
              "Memory that is in use",
              (from, to) -> to.value(PROC.residentBytes())),
          gauge(
              "process_start_time_seconds",
              "When the process began, in seconds since 1970",
              (from, to) -> to.value(PROC.startSeconds())));

  private ProcessMetrics() {}
}
