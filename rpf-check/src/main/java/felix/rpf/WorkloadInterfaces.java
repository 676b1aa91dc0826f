package felix.rpf;

import java.util.List;

/**
 * Which interfaces are workloads'.
 *
 * @param prefixes what their names begin with: Felix's InterfacePrefix
 */
public record WorkloadInterfaces(List<String> prefixes) {
  /** Felix's default. */
  public static final WorkloadInterfaces CALICO = new WorkloadInterfaces(List.of("cali"));

  public WorkloadInterfaces {
    prefixes = List.copyOf(prefixes);
  }

  boolean contains(String name) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
