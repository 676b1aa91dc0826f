package felix.dataplane.exec;

import java.util.List;

/** Runs a program to its end. The seam between drivers and the tools of the kernel. */
public interface CommandRunner {
  /**
   * Runs a program and waits for it. A program that runs longer than the runner's time limit is
   * killed.
   *
   * @param command the program and its arguments; no shell is involved
   * @param input what it reads from standard input
   * @throws felix.dataplane.reconcile.KernelException if it cannot be started or had to be killed
   */
  CommandResult run(List<String> command, String input);
}
