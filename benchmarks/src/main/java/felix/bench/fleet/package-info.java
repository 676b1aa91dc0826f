/**
 * What many agents cost one etcd, with and without its proxy. Not JMH: it counts what other
 * processes need.
 */
@NullMarked
package felix.bench.fleet;

import org.jspecify.annotations.NullMarked;
