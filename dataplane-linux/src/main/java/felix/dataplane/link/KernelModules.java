package felix.dataplane.link;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.KernelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads modules that the kernel does not find by itself, each once: the kernel asks for them on its
 * own, too, whenever a link of their kind is to be made.
 */
final class KernelModules {
  private final CommandRunner commands;

  /** What came of it, by module. */
  private final Map<String, String> tried = new HashMap<>();

  KernelModules(CommandRunner commands) {
    this.commands = commands;
  }

  /** Tries it, unless that was done before; returns whether it tried now. */
  boolean load(String module) {
    return tried.putIfAbsent(module, "") == null && tryNow(module);
  }

  /** What came of it, for the log. */
  String result(String module) {
    return tried.getOrDefault(module, "was not run");
  }

  private boolean tryNow(String module) {
    try {
      CommandResult result = commands.run(List.of("modprobe", module), "");
      tried.put(
          module, result.succeeded() ? "succeeded" : "said '" + result.errors().strip() + "'");
    } catch (KernelException e) {
      tried.put(module, "could not be run: " + e.getMessage());
    }
    return true;
  }
}
