package felix.log;

import java.io.IOException;

/** Where lines end up. Used by one thread, which may be held up here for as long as it takes. */
interface Target extends AutoCloseable {
  /** As lines about it call it. */
  String name();

  /**
   * Writes a line, so that it is not lost if the process ends.
   *
   * @throws IOException if it may be lost; the next one may be tried
   */
  void write(LogLine line) throws IOException;

  @Override
  void close();
}
