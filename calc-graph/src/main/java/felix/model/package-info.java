/**
 * The cluster's resources as immutable values: what etcd holds, after decoding, and nothing derived
 * from it.
 */
@NullMarked
package felix.model;

import org.jspecify.annotations.NullMarked;
