/**
 * Connections that the kernel tracks and that must not go on: those of addresses whose workload
 * left, and, where that is asked for, those that policy has come to deny.
 */
@NullMarked
package felix.dataplane.conntrack;

import org.jspecify.annotations.NullMarked;
