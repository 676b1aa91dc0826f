package felix.dataplane.status;

import felix.model.EndpointKey;
import org.jspecify.annotations.Nullable;

/** Who is told how endpoints fare. Called on the dataplane thread; returns at once. */
public interface EndpointStatusSink {
  /** Nobody. */
  EndpointStatusSink NONE =
      new EndpointStatusSink() {
        @Override
        public void offer(EndpointKey key, @Nullable EndpointReport report) {}

        @Override
        public void complete() {}
      };

  /**
   * How an endpoint fares now.
   *
   * @param report null if there is no such endpoint any more, or another one has its interface
   */
  void offer(EndpointKey key, @Nullable EndpointReport report);

  /** From now on nothing is missing: who was not told of is no endpoint of this host. */
  void complete();
}
