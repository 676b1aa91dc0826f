package felix.datastore;

import java.time.Duration;

/**
 * How long to wait for etcd.
 *
 * @param call for the answer to a small question
 * @param silence of a watch before etcd is asked whether it is still there
 * @param longestSilence of a watch before it is taken for dead: etcd reports progress every 10
 *     minutes
 * @param steady how long a watch must have stood to count as a success
 * @param look how long until certificates are looked at again
 */
record WatchLimits(
    Duration call, Duration silence, Duration longestSilence, Duration steady, Duration look) {
  static final WatchLimits DEFAULT =
      new WatchLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2));
}
