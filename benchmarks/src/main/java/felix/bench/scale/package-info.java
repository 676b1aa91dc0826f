/**
 * The whole agent in a large cluster: a real etcd, a real kernel, real packets. Not JMH: it counts
 * what another process does.
 */
@NullMarked
package felix.bench.scale;

import org.jspecify.annotations.NullMarked;
