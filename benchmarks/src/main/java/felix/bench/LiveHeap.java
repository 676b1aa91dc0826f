package felix.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import felix.delta.DataplaneDelta;
import felix.model.ResourceUpdate;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a cluster costs: time and allocation of the first run in a fresh JVM, as a host does it, CPU
 * of compiler and collector included, and the heap that stays in use. Arguments: a {@link Work},
 * and the part of it (1: all).
 */
final class LiveHeap {
  private static final double MEGABYTE = 1024 * 1024;

  private LiveHeap() {}

  public static void main(String[] arguments) {
    Work work = Work.valueOf(arguments[0]);
    int part = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    double empty = usedHeap();
    List<ResourceUpdate> snapshot = work.updates(part);
    double resources = usedHeap();
    var graph = new Graph();
    long allocated = allocatedBytes();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    DataplaneDelta delta = graph.replaceAll(snapshot);
    long nanos = System.nanoTime() - begin;
    cpu = cpuNanos() - cpu;
    allocated = allocatedBytes() - allocated;
    int sets = delta.local().ipSets().size();
    snapshot = List.of();
    double withDelta = usedHeap();
    delta = null;
    double held = usedHeap();
    System.out.printf(
        "%s/%d: %.2f s, %.2f s of CPU, %.0f MB allocated; live: %.1f MB of resources as read,"
            + " %.1f MB with graph and delta, %.1f MB with graph of %d endpoints and policies;"
            + " %d sets%n",
        work,
        part,
        nanos / 1e9,
        cpu / 1e9,
        allocated / MEGABYTE,
        resources - empty,
        withDelta - empty,
        held - empty,
        graph.workloadsAndPolicies() + snapshot.size(),
        sets);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Of all threads, so that it says something on a busy machine, too. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double usedHeap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
  }
}
