/** IP sets: what they should hold, and how the kernel gets there. */
@NullMarked
package felix.dataplane.ipset;

import org.jspecify.annotations.NullMarked;
