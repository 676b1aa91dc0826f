package felix.agent;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where exceptions go that nobody expected. A thread's state may be half changed then, so the
 * process ends; the kernel keeps its rules, and the next process reads everything anew.
 */
record FaultHandler(Exit exit) implements Consumer<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

  /** Lets what this thread does not catch come here, too. */
  void guardThisThread() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> accept(fault));
  }

  @Override
  public void accept(Throwable fault) {
    LOG.error("A bug in thread {}", Thread.currentThread().getName(), fault);
    exit.soon(ExitCode.FAULT);
  }
}
