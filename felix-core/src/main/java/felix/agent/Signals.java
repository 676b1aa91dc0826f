package felix.agent;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process on the signals that ask for it, with Felix's exit codes. By reflection: the
 * compiler's warning about sun.misc cannot be turned off, and nothing else tells SIGHUP from
 * SIGTERM.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  static void handle(Exit exit) {
    on("TERM", () -> exit.now(ExitCode.STOPPED));
    on("INT", () -> exit.now(ExitCode.STOPPED));
    on("HUP", () -> exit.soon(ExitCode.CONFIGURATION_CHANGED));
  }

  private static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object toAction =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                LOG.info("SIG{}", name);
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), toAction);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no handler for SIG" + name, e);
    }
  }
}
