package felix.dataplane.exec;

/** How a program ended, and what it said. */
public record CommandResult(int exitCode, String output, String errors) {
  public boolean succeeded() {
    return exitCode == 0;
  }
}
