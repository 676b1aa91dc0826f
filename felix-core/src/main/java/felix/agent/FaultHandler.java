package felix.agent;

import felix.log.LogSetup;
import java.util.function.Consumer;

/**
 * Where exceptions go that nobody expected. A thread's state may be half changed then, so the
 * process ends; the kernel keeps its rules, and the next process reads everything anew.
 */
record FaultHandler(Exit exit) implements Consumer<Throwable> {
  /** Lets what this thread does not catch come here, too. */
  void guardThisThread() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> accept(fault));
  }

  @Override
  public void accept(Throwable fault) {
    LogSetup.fatal(
        FaultHandler.class, "A bug in thread " + Thread.currentThread().getName(), fault);
    exit.soon(ExitCode.FAULT);
  }
}
