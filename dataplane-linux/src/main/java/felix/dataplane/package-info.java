/**
 * The kernel side of the agent: what this host must hold comes in as deltas, and the kernel is
 * brought to it. One thread, behind one ring, for both families.
 */
@NullMarked
package felix.dataplane;

import org.jspecify.annotations.NullMarked;
