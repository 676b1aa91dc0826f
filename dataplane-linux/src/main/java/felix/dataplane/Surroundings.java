package felix.dataplane;

import felix.dataplane.status.EndpointStatusSink;
import java.util.function.Consumer;

/**
 * Whom the dataplane's threads call. All return at once, except where they are there to slow it
 * down.
 *
 * @param onFault with what is a bug, or with the kernel's last word after it kept refusing; the
 *     process should end then, and be started anew. The kernel keeps its rules
 * @param endpoints told how endpoints fare
 * @param everyTurn called for each event, and about once a second without any
 * @param beforeApply called before the kernel is brought to what is desired, if there is a reason
 */
public record Surroundings(
    Consumer<Throwable> onFault,
    EndpointStatusSink endpoints,
    Runnable everyTurn,
    Runnable beforeApply) {
  /** Nobody but who is told of faults. */
  public static Surroundings of(Consumer<Throwable> onFault) {
    return new Surroundings(onFault, EndpointStatusSink.NONE, () -> {}, () -> {});
  }
}
